from odoo import api, fields, models
from odoo.tools import SQL


class RecruitCandidate(models.Model):
    """Whose address nothing may be sent to: kept on the row, for whole audiences.

    Lists of addresses (Odoo's blacklist, what addons add) decide it. The last moment
    before a message leaves asks the lists themselves; who counts 400,000 people asks
    the row. Triggers keep it, in the transaction that changes a list or an address.
    """

    _inherit = "recruit.candidate"

    address_blocked = fields.Boolean(
        readonly=True,
        copy=False,
        help="The address is on a list to which no mail goes. The database keeps it.",
    )

    @api.model
    def _reachable_sql(self, alias):
        """Return the condition that nothing keeps e-mail from a person, for audiences.

        The same as an empty :meth:`_unreachable_sql`, in a form that a million people
        are counted by: obstacles in lists of addresses are read from the row, the
        others in other tables, ``EXISTS (..)``, are anti-joins.

        :param str alias: of the table recruit_candidate in the statement around it
        """
        candidate = SQL.identifier(alias)
        lists = {one.code for one in self._address_lists(candidate)}
        obstacles = [
            condition
            for code, condition in self._unreachable_cases(candidate)
            if code not in lists
        ]
        return SQL(" AND ").join(
            [
                SQL("%s.address_blocked IS NOT TRUE", candidate),
                *(
                    SQL("NOT (%s)" if _is_exists(one) else "(%s) IS NOT TRUE", one)
                    for one in obstacles
                ),
            ]
        )

    def init(self):
        """Install the triggers; safe to run at every update of the addon."""
        super().init()
        # the tables of the lists are there when all models of the addon are
        self.env.registry.post_init(self._keep_blocked)

    @api.model
    def _keep_blocked(self, without=()):
        """Let the database keep ``address_blocked``, and bring all rows up to date.

        Cost: two look-ups for a new address; one look-up by address for each row of a
        list that changes.

        :param without: codes of lists that are about to be dropped
        """
        self.env.cr.execute(
            SQL(
                """
                CREATE OR REPLACE FUNCTION recruit_candidate_block()
                RETURNS trigger LANGUAGE plpgsql AS $block$
                BEGIN
                    NEW.address_blocked := %(on_a_list)s;
                    RETURN NEW;
                END
                $block$;
                CREATE OR REPLACE TRIGGER recruit_candidate_block
                    BEFORE INSERT OR UPDATE OF email_normalized ON recruit_candidate
                    FOR EACH ROW EXECUTE FUNCTION recruit_candidate_block();
                CREATE OR REPLACE FUNCTION recruit_candidate_block_list()
                RETURNS trigger LANGUAGE plpgsql AS $block$
                BEGIN
                    -- the trigger above says what the row holds
                    UPDATE recruit_candidate SET email_normalized = email_normalized
                     WHERE email_normalized IN (NEW.email, OLD.email);
                    RETURN NULL;
                END
                $block$;
                """,
                on_a_list=self._on_a_list("new", without),
            )
        )
        for one in self._address_lists(SQL.identifier("c")):
            self.env.cr.execute(
                SQL(
                    """CREATE OR REPLACE TRIGGER recruit_candidate_block_list
                       AFTER INSERT OR UPDATE OR DELETE ON %s
                       FOR EACH ROW EXECUTE FUNCTION recruit_candidate_block_list()""",
                    SQL.identifier(one.table),
                )
            )
        self._settle_blocked(without)

    @api.model
    def _settle_blocked(self, without=()):
        """Bring ``address_blocked`` of all people up to date.

        Purpose: the first time; and now and then, for two transactions that did not see
        each other, one with the person, one with the list. Size: everybody, in one
        statement, 1.5 s a million where nothing is to do.
        """
        self.env.cr.execute(
            SQL(
                """UPDATE recruit_candidate c SET address_blocked = %(on_a_list)s
                    WHERE c.address_blocked IS DISTINCT FROM %(on_a_list)s""",
                on_a_list=self._on_a_list("c", without),
            )
        )

    @api.model
    def _on_a_list(self, alias, without=()):
        """Return the condition that the address of a row is on one of the lists."""
        lists = self._address_lists(SQL.identifier(alias))
        conditions = [one.condition for one in lists if one.code not in without]
        return SQL("(%s)", SQL(" OR ").join(conditions))


def _is_exists(condition):
    return condition.code.lstrip().startswith("EXISTS")
