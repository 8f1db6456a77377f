import {registry} from "@web/core/registry";

const NAME = ".o_recruit_review_name";

/** Press a key where the focus is, as a person at a keyboard does. */
function press(key) {
    return () => {
        const target = document.activeElement || document.body;
        target.dispatchEvent(
            new KeyboardEvent("keydown", {key, bubbles: true, cancelable: true})
        );
    };
}

registry.category("web_tour.tours").add("recruit_crm_review", {
    steps: () => [
        {
            content: "the first of three, and the keys stand on the buttons",
            trigger: ".o_recruit_review_progress:contains(1 of 3)",
        },
        {
            trigger: `[data-act=advance][aria-keyshortcuts=A]:contains(Advance)`,
        },
        {content: "advance Ann", trigger: `${NAME}:contains(Ann)`, run: press("a")},
        {
            content: "what was done is said, and Ben comes",
            trigger: ".o_recruit_review_said:contains(Contacted)",
        },
        {content: "tag Ben", trigger: `${NAME}:contains(Ben)`, run: press("t")},
        {
            content: "choose the tag",
            trigger: ".o_recruit_review_panel select",
            run: "selectByLabel Fast learner",
        },
        {
            content: "a tag does not move on",
            trigger: ".o_recruit_review_panel button[type=submit]",
            run: "click",
        },
        {
            trigger: ".o_recruit_review_card .badge:contains(Fast learner)",
        },
        {content: "remove Ben", trigger: `${NAME}:contains(Ben)`, run: press("r")},
        {
            content: "letters are text while a reason is typed",
            trigger: ".o_recruit_review_panel input",
            run: "edit not now",
        },
        {
            trigger: ".o_recruit_review_panel button[type=submit]",
            run: "click",
        },
        {trigger: ".o_recruit_review_progress:contains(3 of 3)"},
        {
            content: "back passes over Ben",
            trigger: `${NAME}:contains(Cleo)`,
            run: press("p"),
        },
        {trigger: `${NAME}:contains(Ann)`, run: press("n")},
        {content: "convert Cleo", trigger: `${NAME}:contains(Cleo)`, run: press("c")},
        {
            trigger: ".o_recruit_review_panel select",
            run: "selectByLabel Weaver",
        },
        {
            trigger: ".o_recruit_review_panel button[type=submit]",
            run: "click",
        },
        {
            content: "the end says how many were decided",
            trigger: ".o_recruit_review_over:contains(3 of 3 decided)",
        },
    ],
});
