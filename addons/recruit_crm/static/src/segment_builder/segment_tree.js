/**
 * The rules of a segment while they are edited: what the builder does to a tree.
 *
 * A node is `{key, group, items}` or `{key, field, operator, value}`; the key tells a
 * node apart while it moves, and is no part of the JSON that is kept.
 */

let keys = 0;

/** Read the JSON of a segment; nothing is an empty root that joins all. */
export function fromJson(data) {
    if (!data || typeof data !== "object") {
        return {key: ++keys, group: "all", items: []};
    }
    if (Array.isArray(data.items)) {
        return {key: ++keys, group: data.group, items: data.items.map(fromJson)};
    }
    const {field, operator, value = null} = data;
    return {key: ++keys, field, operator, value};
}

/** Write the JSON that is kept; a root without a rule is `false`: nobody. */
export function toJson(node, isRoot = true) {
    if (!node.items) {
        const {field, operator, value} = node;
        return {field, operator, value: value === undefined ? null : value};
    }
    if (isRoot && !node.items.length) {
        return false;
    }
    return {group: node.group, items: node.items.map((item) => toJson(item, false))};
}

/** A text that is the same for the same JSON: the database orders names anew. */
export function canonical(data) {
    return JSON.stringify(data || false, (_name, value) =>
        value && typeof value === "object" && !Array.isArray(value)
            ? Object.fromEntries(Object.entries(value).sort())
            : value
    );
}

/** The key of every node by its path, as the server names it: `"0,2"`. */
export function keysByPath(node, path = [], found = {}) {
    found[path.join(",")] = node.key;
    (node.items || []).forEach((item, at) => keysByPath(item, [...path, at], found));
    return found;
}

/** The group that holds a node; none for the root. */
export function parentOf(root, key) {
    for (const item of root.items || []) {
        const parent = item.key === key ? root : parentOf(item, key);
        if (parent) {
            return parent;
        }
    }
    return null;
}

/** Take a node out, and with it the groups that it leaves empty. */
export function remove(root, key) {
    const parent = parentOf(root, key);
    if (!parent) {
        return;
    }
    parent.items.splice(placeIn(parent, key), 1);
    if (!parent.items.length) {
        remove(root, parent.key);
    }
}

/**
 * Move a node one step up (-1) or down (1): past a condition, into a group that it
 * meets, or out of its own group at the end of that. Returns whether it moved.
 */
export function move(root, key, step) {
    const parent = parentOf(root, key);
    const at = placeIn(parent, key);
    const node = parent.items[at];
    const neighbor = parent.items[at + step];
    if (neighbor) {
        parent.items.splice(at, 1);
        if (neighbor.items) {
            neighbor.items.splice(step > 0 ? 0 : neighbor.items.length, 0, node);
            if (!parent.items.length) {
                remove(root, parent.key);
            }
        } else {
            parent.items.splice(at + step, 0, node);
        }
        return true;
    }
    const above = parentOf(root, parent.key);
    if (!above) {
        return false;
    }
    parent.items.splice(at, 1);
    above.items.splice(placeIn(above, parent.key) + (step > 0 ? 1 : 0), 0, node);
    if (!parent.items.length) {
        remove(root, parent.key);
    }
    return true;
}

function placeIn(parent, key) {
    return parent.items.findIndex((item) => item.key === key);
}

/** A condition as the builder offers it first, for a field of `get_builder_fields`. */
export function newCondition(field) {
    const [operator] = field.operators;
    return {
        key: ++keys,
        field: field.name,
        operator: operator.name,
        value: emptyValue(operator),
    };
}

/** A group with one condition: an empty one means nothing. */
export function newGroup(kind, field) {
    return {key: ++keys, group: kind, items: [newCondition(field)]};
}

/** What a kind of value begins with. */
export function emptyValue(kind) {
    switch (kind.kind) {
        case "none":
        case "date":
        case "record":
            return null;
        case "number":
            return kind.minimum;
        case "records":
        case "choices":
            return [];
        case "flag":
            return true;
        case "period":
            return {amount: 6, unit: "months"};
        case "parts":
            return Object.fromEntries(
                kind.parts
                    .filter((part) => part.required)
                    .map((part) => [part.name, part.default ?? emptyValue(part)])
            );
        default:
            return "";
    }
}

/** The value after a change: a new one, or a function of the one before. */
export function changed(value, change) {
    return typeof change === "function" ? change(value) : change;
}

/** What stays of a value where another kind is asked for: all or nothing, or of
 * several parts those that both kinds have. */
export function keptValue(value, before, after) {
    if (before && sameKind(before, after)) {
        return value;
    }
    const empty = emptyValue(after);
    if (before?.kind === "parts" && after.kind === "parts" && value) {
        return {...empty, ...sharedParts(value, before, after)};
    }
    return empty;
}

function sharedParts(value, before, after) {
    const shared = {};
    for (const part of after.parts) {
        const old = before.parts.find((one) => one.name === part.name);
        if (old && sameKind(old, part) && part.name in value) {
            shared[part.name] = value[part.name];
        }
    }
    return shared;
}

function sameKind(one, other) {
    return shapeOf(one) === shapeOf(other);
}

function shapeOf({kind, model, options, parts}) {
    return JSON.stringify({kind, model, options, parts});
}
