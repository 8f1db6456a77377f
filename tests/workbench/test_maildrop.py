import smtplib
from email.message import EmailMessage


def test_a_mail_given_to_the_catcher_is_a_file_with_its_envelope(maildrop):
    mail = EmailMessage()
    mail["Subject"] = "Grüße, Ada"
    mail.set_content("A line.\n.A line with a dot.\n")
    with smtplib.SMTP("127.0.0.1", maildrop.port) as client:
        client.send_message(mail, "hr@example.com", ["ada@example.com"])
    (stored,) = maildrop.messages()
    assert stored["X-Envelope-To"] == "ada@example.com"
    assert stored["Subject"] == "Grüße, Ada"
    assert stored.get_content().splitlines() == ["A line.", ".A line with a dot."]
