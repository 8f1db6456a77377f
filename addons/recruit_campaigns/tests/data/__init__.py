"""What comes back to a message, written for the tests.

Notes of absence are read on Sunday, 22 November 2026. `header` holds fields that stand
in place of the usual ones: ``Name: value | Name: value``, an empty value for none.
"""

import csv
from pathlib import Path

# What mail systems add: the fields of the header by which they say that it is a robot.
ROBOTS = (
    {"Auto-Submitted": "auto-replied"},
    {"Auto-Submitted": "auto-generated", "X-Auto-Response-Suppress": "All"},
    {"Auto-Submitted": "auto-replied (vacation)", "Precedence": "bulk"},
    {"X-Autoreply": "yes", "Precedence": "bulk"},
    {"Precedence": "auto_reply", "X-Autorespond": "Hello Ann"},
    {"X-Apple-Action": "VACATION"},
    {"Return-Path": "<>"},
    {},  # nothing but the words
)

QUOTED = """

On Mon, 23 Nov 2026 at 09:00, Ann Lee <ann@example.com> wrote:
> I am out of the office until 4 December.
> This is an automatic reply. In urgent cases please contact my colleague.
"""


def rows(name):
    """The rows of a file of this folder, each a dict; fields of the header parsed."""
    path = Path(__file__).with_name(f"{name}.csv")
    with open(path, encoding="utf-8", newline="") as file:
        found = list(csv.DictReader(file))
    for row in found:
        if "header" in row:
            fields = filter(None, row["header"].split(" | "))
            row["header"] = dict(field.split(": ", 1) for field in fields)
    return found


# Reports after RFC 3464, 8098 and 5965, to be filled in.
ORIGINAL = """Message-ID: {message_id}
From: Recruiting <jobs@example.org>
To: {recipient}
Subject: Hello Ann

Dear Ann, look.
"""

DSN = """Return-Path: <>
From: {sender}
To: {to}
Subject: {subject}
Message-ID: <report-{number}@mx.example.net>
Date: Mon, 23 Nov 2026 09:00:00 +0000
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="b"

--b
Content-Type: text/plain; charset=us-ascii

{words}

--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example.net

Final-Recipient: rfc822; {recipient}
Action: {action}
Status: {status}
Diagnostic-Code: smtp; {diagnostic}

--b
Content-Type: message/rfc822

{original}
--b--
"""

RECEIPT = """Return-Path: <>
From: Ann Lee <ann@example.com>
To: {to}
Subject: Read: Hello Ann
Message-ID: <receipt-{number}@mx.example.net>
MIME-Version: 1.0
Content-Type: multipart/report; report-type=disposition-notification; boundary="b"

--b
Content-Type: text/plain

Your message was displayed. There is no guarantee that it was read.

--b
Content-Type: message/disposition-notification

Reporting-UA: mail.example.com; Example 1.0
Final-Recipient: rfc822;ann@example.com
Original-Message-ID: {message_id}
Disposition: {disposition}

--b--
"""

ABUSE = """From: fbl@provider.example
To: {to}
Subject: FW: Hello Ann
Message-ID: <abuse-{number}@provider.example>
MIME-Version: 1.0
Content-Type: multipart/report; report-type=feedback-report; boundary="b"

--b
Content-Type: text/plain

This is an abuse report.

--b
Content-Type: message/feedback-report

Feedback-Type: {feedback}
User-Agent: Provider/1.0
Version: 1
Original-Rcpt-To: <ann@example.com>

--b
Content-Type: message/rfc822

{original}
--b--
"""
