"""Steps that leave a note of who came by: a pool, a tag, a word to a colleague."""

from .kind import StepKind, done, register, skipped


@register
class AddToPool(StepKind):
    """Makes the person a member of a talent pool."""

    name = "pool"
    icon = "fa-users"
    uses = ("pool_id",)

    def label(self, env):
        return env._("Add to pool")

    def say(self, step):
        return step.env._("Add to the pool “%s”", step.pool_id.display_name or "…")

    def problems(self, step):
        return [] if step.pool_id else [step.env._("choose a pool.")]

    def take(self, step, rows, now):
        if not step.pool_id:
            return dict.fromkeys(rows, skipped(step.env._("Its pool is gone.")))
        rows.candidate_id._add_to_pool(step.pool_id, reason=step.campaign_id.name)
        return dict.fromkeys(
            rows, done(step.env._("In the pool “%s”.", step.pool_id.display_name))
        )


@register
class AddTag(StepKind):
    """Tags the person."""

    name = "tag"
    icon = "fa-tag"
    uses = ("tag_id",)

    def label(self, env):
        return env._("Add tag")

    def say(self, step):
        return step.env._("Add the tag “%s”", step.tag_id.display_name or "…")

    def problems(self, step):
        return [] if step.tag_id else [step.env._("choose a tag.")]

    def take(self, step, rows, now):
        if not step.tag_id:
            return dict.fromkeys(rows, skipped(step.env._("Its tag is gone.")))
        rows.candidate_id.categ_ids |= step.tag_id
        return dict.fromkeys(
            rows, done(step.env._("Tagged “%s”.", step.tag_id.display_name))
        )


@register
class Notify(StepKind):
    """Tells a colleague that the person has come this far."""

    name = "notify"
    icon = "fa-bell-o"
    uses = ("assign_to", "user_id", "note")

    def label(self, env):
        return env._("Notify a colleague")

    def say(self, step):
        return step.env._("Notify %s", step._assignee_label())

    def problems(self, step):
        return step._assignee_problems()

    def take(self, step, rows, now):
        return {row: self._tell(step, row) for row in rows}

    def _tell(self, step, row):
        user = step._assignee(row.candidate_id)
        if not user:
            return skipped(step.env._("There was nobody to notify."))
        candidate = row.candidate_id
        candidate.message_notify(
            partner_ids=user.partner_id.ids,
            author_id=step.campaign_id.user_id.partner_id.id or None,
            subject=f"{candidate.name}: {step.campaign_id.name}",
            body=step.note
            or step.env._(
                "%(candidate)s has come to this step of “%(campaign)s”.",
                candidate=candidate.name,
                campaign=step.campaign_id.name,
            ),
        )
        return done(step.env._("%s was notified.", user.name))
