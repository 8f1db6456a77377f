import logging
import secrets
from binascii import Error as Base64Error
from datetime import timedelta

from psycopg2 import OperationalError

from odoo import api, fields, models
from odoo.tools import SQL, hash_sign, hmac, verify_hash_signed

from ..visiting.landing import ONE_VISIT

_logger = logging.getLogger(__name__)

SCOPE = "recruit_crm_website.visitor"
KEEP_PARAMETER = "recruit_crm_website.visit_days"
KEEP_DAYS = 180  # default; a visitor who applies later is taken for a new one
# Visits kept of one visitor: the first ones, which a first touch needs, and the latest
# one, which takes the place of the one before it.
VISITS_MOST = 50
# New visitors of one address and browser in a day: else a program that keeps no cookie
# would fill the table. A classroom behind one address still fits.
NEWCOMERS_MOST = 200
TABLE_MOST = 1_000_000  # the oldest go first
VISITOR_LENGTH = 40


class RecruitVisit(models.Model):
    """One coming to the website, of somebody whose name is not known (yet).

    The visitor is a random number in a signed cookie. When the visitor applies, the
    visits become touches of the candidate and leave this table; else they are deleted
    after some months. Nothing is kept of who refuses cookies.
    """

    _name = "recruit.visit"
    _description = "Website Visit"
    _order = "last_at desc, id desc"
    _log_access = False  # written by the dispatcher of pages, a statement a landing
    _rec_name = "path"

    visitor = fields.Char(required=True, readonly=True)
    client = fields.Char(readonly=True)  # hash of a day, against floods alone
    occurred_at = fields.Datetime("When", required=True, readonly=True)
    last_at = fields.Datetime("Last page", required=True, readonly=True)
    hits = fields.Integer("Landings", readonly=True)
    source = fields.Char(readonly=True)
    medium = fields.Char(readonly=True)
    campaign = fields.Char(readonly=True)
    referrer = fields.Char("Came from", readonly=True)
    path = fields.Char("Page", readonly=True)
    job_id = fields.Many2one(
        "hr.job", "Job Position", readonly=True, index="btree_not_null"
    )
    website_id = fields.Many2one(
        "website", readonly=True, ondelete="cascade", index="btree_not_null"
    )
    company_id = fields.Many2one("res.company", readonly=True, index="btree_not_null")
    is_bot = fields.Boolean("Program", readonly=True)

    # Serves the visits of one visitor: at each landing, and when the visitor applies.
    _visitor_idx = models.Index("(visitor, last_at DESC, id DESC)")
    # Serves the limit of newcomers of one client, and the deletion of the oldest.
    _client_idx = models.Index("(client, occurred_at)")
    _occurred_idx = models.Index("(occurred_at)")

    @api.model
    def _read_cookie(self, cookie):
        """Return the visitor of a cookie, or None for none, a forged or an old one."""
        if not cookie or len(cookie) > 500:
            return None
        try:
            # sudo: the key of the signatures is the server's
            value = verify_hash_signed(self.sudo().env, SCOPE, cookie)
        except (ValueError, Base64Error, IndexError, UnicodeError):
            return None
        is_visitor = isinstance(value, str) and len(value) <= VISITOR_LENGTH
        return value if is_visitor else None

    @api.model
    def _make_cookie(self, visitor):
        """Return the signed cookie of a visitor, good while visits are kept."""
        days = timedelta(days=self._keep_days())
        # sudo: the key of the signatures is the server's
        return hash_sign(self.sudo().env, SCOPE, visitor, expiration=days)

    @api.model
    def _new_visitor(self):
        return secrets.token_urlsafe(16)

    @api.model
    def _client_of(self, address, agent):
        """Return what tells clients apart for one day, and says nothing of them."""
        day = self.env["recruit.clock"].now().date().isoformat()
        word = f"{day}|{address}|{agent}"
        # sudo: the key of the signatures is the server's
        return hmac(self.sudo().env, f"{SCOPE}.client", word)[:16]

    @api.model
    def _keep_days(self):
        # sudo: a number in the settings
        text = self.env["ir.config_parameter"].sudo().get_param(KEEP_PARAMETER)
        return max(1, int(text)) if (text or "").isdigit() else KEEP_DAYS

    @api.model
    def _record(self, visitor, origin, **landing):
        """Keep a landing, in a transaction of its own, which the page does not wait on.

        The page is served whatever becomes of the visit, and a page that only reads
        still leaves one. The commit does not wait for the disk: after a power cut some
        visits of the last second are missing.

        :param str visitor: the number of the visitor
        :param Origin origin: where the visitor came from
        :param landing: client, path, referrer, job_id, website_id, company_id, is_new,
            is_bot
        """
        with self.env.registry.cursor() as cr:
            try:
                self.with_env(self.env(cr=cr, su=True))._store(visitor, origin, landing)
            except OperationalError:  # two pages of one visitor at once: one is kept
                _logger.debug("A visit was not kept", exc_info=True)
                cr.rollback()

    def _store(self, visitor, origin, landing):
        """Write one landing: a new row, or another hit of the visit that goes on.

        Purpose: bounded, whatever arrives: a million landings of one visitor are at
        most VISITS_MOST rows. Size: one statement a landing. Indexes: _visitor_idx,
        _client_idx.
        """
        now = self.env["recruit.clock"].now()
        values = {
            **origin._asdict(),
            **{name: landing.get(name) for name in ("path", "referrer", "job_id")},
            "visitor": visitor,
            "client": landing.get("client"),
            "website_id": landing.get("website_id"),
            "company_id": landing.get("company_id"),
            "is_bot": bool(landing.get("is_bot")),
            "now": now,
            "recent": now - ONE_VISIT,
        }
        way = self._newcomer if landing.get("is_new") else self._next_landing
        self.env.cr.execute(way(values))

    def _newcomer(self, values):
        """Return the statement for a new visitor; a client that brought too many of
        them today brings none."""
        room = SQL(
            """(SELECT count(*) FROM (SELECT FROM recruit_visit
                 WHERE client = %s AND occurred_at > %s LIMIT %s) AS newcomers) < %s""",
            values["client"],
            values["now"] - timedelta(days=1),
            NEWCOMERS_MOST,
            NEWCOMERS_MOST,
        )
        return self._insertion(values, room)

    def _next_landing(self, values):
        """Return the statement that counts a landing on the latest visit where it is
        the same one, or where there is no room for another; else it is a new one."""
        return SQL(
            """
            WITH latest AS (
                SELECT id, (last_at > %(recent)s
                            AND (source, medium, campaign) IS NOT DISTINCT FROM
                                (%(source)s, %(medium)s, %(campaign)s)) AS goes_on
                  FROM recruit_visit WHERE visitor = %(visitor)s
              ORDER BY last_at DESC, id DESC LIMIT 1
            ), room AS (
                SELECT count(*) AS visits FROM recruit_visit
                 WHERE visitor = %(visitor)s
            ), hit AS (
                UPDATE recruit_visit v
                   SET hits = v.hits + 1, last_at = %(now)s,
                       source = %(source)s, medium = %(medium)s,
                       campaign = %(campaign)s,
                       occurred_at = CASE WHEN latest.goes_on THEN v.occurred_at
                                          ELSE %(now)s END,
                       path = CASE WHEN latest.goes_on THEN v.path ELSE %(path)s END,
                       referrer = CASE WHEN latest.goes_on THEN v.referrer
                                       ELSE %(referrer)s END
                  FROM latest, room
                 WHERE v.id = latest.id
                   AND (latest.goes_on OR room.visits >= %(most)s)
             RETURNING v.id
            )
            %(insertion)s
            """,
            **values,
            most=VISITS_MOST,
            insertion=self._insertion(values, SQL("NOT EXISTS (SELECT FROM hit)")),
        )

    def _insertion(self, values, condition):
        # one round trip: set_config holds for this transaction, see _record()
        return SQL(
            """
            INSERT INTO recruit_visit (visitor, client, occurred_at, last_at, hits,
                source, medium, campaign, referrer, path, job_id, website_id,
                company_id, is_bot)
            SELECT %(visitor)s, %(client)s, %(now)s, %(now)s, 1, %(source)s,
                   %(medium)s, %(campaign)s, %(referrer)s, %(path)s,
                   (SELECT id FROM hr_job WHERE id = %(job_id)s), %(website_id)s,
                   %(company_id)s, %(is_bot)s
              FROM set_config('synchronous_commit', 'off', true)
             WHERE %(condition)s
            """,
            **values,
            condition=condition,
        )

    def _arrivals(self):
        """Return these visits as what becomes touches, the oldest first."""
        return [
            {
                "kind": "visit",
                "occurred_at": visit.occurred_at,
                "source": visit.source,
                "medium": visit.medium,
                "campaign": visit.campaign,
                "job_id": visit.job_id.id,
                "evidence": " ← ".join(filter(None, (visit.path, visit.referrer))),
                "verified": True,
                "dedupe_key": f"visit:{visit.visitor}:{visit.id}",
            }
            for visit in self.sorted(lambda one: (one.occurred_at, one.id))
        ]

    @api.model
    def _of_visitor(self, visitor):
        """Return the visits of a visitor that can be credited; programs have none."""
        if not visitor:
            return self.browse()
        # sudo: a visitor has no rights; the signed cookie is the right to these rows
        return self.sudo().search(
            [("visitor", "=", visitor), ("is_bot", "=", False)], limit=VISITS_MOST
        )

    @api.autovacuum
    def _gc_visits(self):
        """Delete the visits that nobody applied after; size: a batch each hour.

        Index: _occurred_idx.
        """
        now = self.env["recruit.clock"].now()
        self.env.cr.execute(
            SQL(
                """
                DELETE FROM recruit_visit
                 WHERE occurred_at < %s
                    OR id <= (SELECT id FROM recruit_visit ORDER BY id DESC
                              OFFSET %s LIMIT 1)
                """,
                now - timedelta(days=self._keep_days()),
                TABLE_MOST,
            )
        )
