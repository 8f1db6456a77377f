"""A connection to the mail server of a sender, by Odoo's own settings."""

import smtplib
from email.message import EmailMessage

from odoo.exceptions import UserError

from ..engine.lanes import Line
from ..engine.message import WIRE_POLICY
from ..engine.smtp import Conversation
from .recruit_campaign_delivery_letter import formataddr_ascii


class Unreachable(Exception):
    """No conversation with the mail server can be opened."""


def open_line(server, letter) -> Line:
    """A new connection to the mail server of the letter's sender.

    :param server: the empty recordset of ir.mail_server
    :raises Unreachable: where there is none
    """
    try:
        connection = server._connect__(smtp_from=letter.author_from)
    except (OSError, smtplib.SMTPException, UserError, UnicodeError) as error:
        raise Unreachable(str(error)) from error
    if not connection:
        raise Unreachable("Mail is switched off while tests or an update run.")
    conversation = Conversation(connection)
    try:
        return Line(conversation, *_envelope(server, connection, letter))
    except Exception:
        conversation.quit()
        raise


def _envelope(server, connection, letter):
    """The sender on the envelope and in the header, as this mail server wants them:
    the same for all letters of one author."""
    message = EmailMessage(policy=WIRE_POLICY)
    message["From"] = formataddr_ascii(letter.author_from)
    message["To"] = letter.envelope_to
    mail_from, _recipients, message = server.with_context(
        domain_bounce_address=letter.bounce_address,
        domain_notifications_email=letter.notifications_email,
    )._prepare_email_message__(message, connection)
    return mail_from, str(message["From"])
