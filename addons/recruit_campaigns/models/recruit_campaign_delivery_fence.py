from odoo import api, models
from odoo.tools import SQL

from .recruit_campaign import CAMPAIGN_LOCKS, PERSON_LOCKS
from .statements import change

# First the locks of those whose dot has left are given back, then those of the next are
# asked for: a stop that waits goes first. The order is held by the value `zero`. One
# statement, since it stands before each final dot.
LOCKS = """
SELECT w.position
  FROM (SELECT count(pg_advisory_unlock_shared(k.class, k.id))::int * 0 AS zero
          FROM unnest(%(done_classes)s, %(done_ids)s) AS k (class, id)) AS done,
       unnest(%(campaigns)s, %(people)s)
           WITH ORDINALITY AS w (campaign, person, position)
 WHERE CASE WHEN pg_try_advisory_lock_shared(%(campaign_class)s + zero, w.campaign)
            THEN CASE WHEN pg_try_advisory_lock_shared(%(person_class)s, w.person)
                      THEN TRUE
                      ELSE NOT pg_advisory_unlock_shared(%(campaign_class)s, w.campaign)
                 END
            ELSE FALSE
       END
"""

# What the mail server has accepted, and what may be sent next: one transaction between
# two messages. Indexes: primary keys, the unique index of mail_blacklist. It is written
# so that the database has no other way to the rows: as joins it took, while statistics
# were young, all rows of the campaign for each message. `|| ''` keeps it off partial
# indexes, of which it would read all rows of that state.
FENCE = """
WITH answered AS (
    UPDATE recruit_campaign_delivery d
       SET state = 'accepted',
           smtp_code = (%(codes)s)[array_position(%(answered)s, d.id)],
           smtp_text = (%(texts)s)[array_position(%(answered)s, d.id)]
     WHERE d.id = ANY(%(answered)s) AND d.state || '' IN ('in_flight', 'uncertain')
       AND d.claim_token = %(token)s
)
UPDATE recruit_campaign_delivery d
   SET state = 'in_flight', fenced_at = %(now)s
 WHERE d.id = ANY(%(ids)s) AND d.state || '' = 'claimed' AND d.claim_token = %(token)s
   AND (SELECT e.state FROM recruit_campaign_enrollment e
         WHERE e.id = d.enrollment_id) = 'active'
   AND (SELECT p.email_normalized FROM recruit_campaign c, recruit_candidate p
         WHERE c.id = d.campaign_id AND c.state || '' = 'running'
           AND p.id = d.candidate_id AND %(stop_reason)s IS NULL)
       = (%(addresses)s)[array_position(%(ids)s, d.id)]
RETURNING d.id
"""


# A worker finds all it works on by an index, and the statements that it asks for each
# message are planned once: not for the few rows that a table may have at that moment.
# Where there is no index the planner's fine would have the statement compiled first.
SESSION = {
    "plan_cache_mode": "force_generic_plan",
    "enable_seqscan": "off",
    "jit": "off",
    "default_transaction_isolation": "read committed",
    "default_toast_compression": "lz4",
}
# One that a server does not know, or not with that value, stays as it is: to compress
# the text for the chatter by lz4 takes a twentieth of the time.
SET_SESSION = """
SELECT set_config(s.name, g.value, FALSE)
  FROM unnest(%s, %s) AS g (name, value) JOIN pg_settings s ON s.name = g.name
 WHERE s.enumvals IS NULL OR g.value = ANY(s.enumvals)
"""


class RecruitCampaignDelivery(models.Model):
    """The last moment before the final dot: nobody is stopping it, it is still ours,
    it is still wanted, and that is committed."""

    _inherit = "recruit.campaign.delivery"

    @api.model
    def _prepare_session(self):
        """Set the session of a worker up; see `SESSION`, and `_close_session`."""
        self.env.cr.execute(SET_SESSION, [list(SESSION), list(SESSION.values())])

    @api.model
    def _prepare_statements(self):
        """Let the database plan once for a batch what a worker asks for each message:
        planning takes ten times as long as doing it. What today is, and which companies
        ask for consent, are part of the statements."""
        self.env.cr.execute(SQL("DEALLOCATE ALL"))
        self.env.cr.execute(
            SQL(
                "PREPARE recruit_locks (int[], int[], int[], int[]) AS %s",
                self._locks_sql(*_parameters(4)),
            )
        )
        self.env.cr.execute(
            SQL(
                "PREPARE recruit_fence (int, timestamp, int[], text[], int[], int[],"
                " text[]) AS %s",
                self._fence_sql(*_parameters(7)),
            )
        )

    @api.model
    def _swap_locks(self, done, letters):
        """Let the stops go on that wait for a dot which has left, and keep those
        waiting that would stop the next ones.

        Purpose: no dot leaves after the commit of a stop. Size: one message, or as many
        as are sent together. Needs `_prepare_statements`.

        :param done: lock keys to give back
        :return: the letters that nobody is stopping right now
        """
        self.env.cr.execute(
            "EXECUTE recruit_locks (%s, %s, %s, %s)",
            [
                [lock_class for lock_class, _id in done],
                [record_id for _class, record_id in done],
                [letter.lock_keys[0][1] for letter in letters],
                [letter.lock_keys[1][1] for letter in letters],
            ],
        )
        return [letters[position - 1] for [position] in self.env.cr.fetchall()]

    @api.model
    def _fence_letters(self, token, now, letters, accepted=()):
        """The last check before the final dot: still ours, still wanted.

        Purpose: step 3 of the protocol for some letters, and what the mail server has
        said of the letters before; commit after it, then send the dots, at once. Size
        and indexes: see `FENCE`. Needs `_prepare_statements`.

        :param accepted: pairs of a letter and the answer that accepts it
        :return set: the ids whose dot may be sent
        """
        self.env.cr.execute(
            "EXECUTE recruit_fence (%s, %s, %s, %s, %s, %s, %s)",
            [
                token,
                now,
                [letter.delivery_id for letter in letters],
                [letter.address for letter in letters],
                [letter.delivery_id for letter, _answer in accepted],
                [answer.code for _letter, answer in accepted],
                [answer.text[:500] for _letter, answer in accepted],
            ],
        )
        return {delivery_id for [delivery_id] in self.env.cr.fetchall()}

    def _fence(self, token, address, now):
        """The same for one row, without a prepared session.

        :param str address: the normalized address that the letter is made out to
        :return bool: False when the dot must not be sent
        """
        self.ensure_one()
        empty = SQL("'{}'")
        return bool(
            change(
                self.env,
                self._fence_sql(token, now, self.ids, [address], *(3 * [empty])),
            )
        )

    @api.model
    def _locks_sql(self, done_classes, done_ids, campaigns, people):
        return SQL(
            LOCKS,
            done_classes=SQL("%s::int[]", done_classes),
            done_ids=SQL("%s::int[]", done_ids),
            campaigns=SQL("%s::int[]", campaigns),
            people=SQL("%s::int[]", people),
            campaign_class=CAMPAIGN_LOCKS,
            person_class=PERSON_LOCKS,
        )

    @api.model
    def _fence_sql(self, token, now, ids, addresses, answered, codes, texts):
        return SQL(
            FENCE,
            token=token,
            now=now,
            ids=SQL("%s::int[]", ids),
            addresses=SQL("%s::text[]", addresses),
            answered=SQL("%s::int[]", answered),
            codes=SQL("%s::int[]", codes),
            texts=SQL("%s::text[]", texts),
            stop_reason=self.env["recruit.candidate"]._stop_reason_sql("p", "c"),
        )


def _parameters(count):
    """The parameters $1, $2, .. of a prepared statement."""
    return [SQL(f"${number}") for number in range(1, count + 1)]
