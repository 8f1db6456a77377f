"""The world as the story sees it: Odoo by RPC and HTTP, and the mails that arrived."""

import email
import email.policy
import re
from dataclasses import dataclass
from email.message import EmailMessage
from html import unescape
from pathlib import Path
from urllib.parse import urljoin, urlsplit, urlunsplit

import odoorpc
import requests

CLOCK = "recruit_dev_clock.offset_seconds"
SECONDS = 300  # one call by RPC; the import of a thousand people takes the longest


@dataclass(frozen=True)
class World:
    """A running Odoo with the product, and the folder of its mail catcher."""

    url: str
    db: str
    login: str
    password: str
    mail_dir: Path


class Odoo:
    """Odoo by RPC, as a program outside would use it: public methods only."""

    def __init__(self, world: World):
        address = urlsplit(world.url)
        self._odoo = odoorpc.ODOO(address.hostname, port=address.port, timeout=SECONDS)
        self._odoo.login(world.db, world.login, world.password)
        self._refs = {}

    def call(self, model: str, method: str, *args, **kwargs):
        """Call a method; a first argument of ids for one of records."""
        return self._odoo.execute_kw(model, method, args, kwargs)

    def create(self, model: str, values: dict) -> int:
        return self.call(model, "create", [values])[0]

    def write(self, model: str, record: int, **values):
        self.call(model, "write", [record], values)

    def search(self, model: str, *domain, order: str | None = None) -> list[int]:
        return self.call(model, "search", list(domain), order=order)

    def count(self, model: str, *domain) -> int:
        return self.call(model, "search_count", list(domain))

    def rows(self, model: str, *domain, fields, order: str | None = None) -> list[dict]:
        """Rows of a model; relations as ids, without their names."""
        return self.call(
            model, "search_read", list(domain), fields, order=order, load=False
        )

    def row(self, model: str, record: int, *fields: str) -> dict:
        return self.call(model, "read", [record], list(fields), load=False)[0]

    def ref(self, xmlid: str) -> int:
        """The id of a record that an addon brings."""
        if xmlid not in self._refs:
            module, name = xmlid.split(".")
            domain = [("module", "=", module), ("name", "=", name)]
            found = self.rows("ir.model.data", *domain, fields=["res_id"])
            self._refs[xmlid] = found[0]["res_id"]
        return self._refs[xmlid]

    def run_cron(self, xmlid: str):
        """Run a scheduled action now, as the button on its form does."""
        self.call("ir.cron", "method_direct_trigger", [self.ref(xmlid)])

    def pass_time(self, seconds: int):
        """Move the product's clock on; nobody waits."""
        offset = int(self.call("ir.config_parameter", "get_param", CLOCK) or 0)
        self.call("ir.config_parameter", "set_param", CLOCK, str(offset + seconds))


class Visitor:
    """Somebody with a browser: follows links, keeps cookies, fills in a form."""

    def __init__(self, world: World):
        # A cookie jar takes no cookie of the name 'localhost'.
        self._host = urlsplit(world.url).netloc.replace("localhost", "127.0.0.1")
        self._session = requests.Session()
        self._session.headers["User-Agent"] = "Mozilla/5.0 (X11; Linux x86_64)"
        self._session.headers["Accept-Language"] = "en"  # as every browser says

    def get(self, url: str) -> requests.Response:
        """Open an address, following where it leads."""
        response = self._session.get(self._here(url), timeout=SECONDS)
        response.raise_for_status()
        return response

    def post(self, url: str, values: dict) -> requests.Response:
        response = self._session.post(self._here(url), data=values, timeout=SECONDS)
        response.raise_for_status()
        return response

    def apply(self, page: requests.Response, **values) -> int:
        """From a job's page to its form, send it; the id of the application."""
        link = re.search(r'href="([^"]*/jobs/apply/[^"]+)"', page.text)
        form = self.get(urljoin(page.url, unescape(link[1]))).text
        hidden = re.search(r"data-values=\"([^\"]+)\"", form)
        values["job_id"] = re.search(r"'job_id': (\d+)", unescape(hidden[1]))[1]
        values["csrf_token"] = re.search(r'csrf_token: "([^"]+)"', form)[1]
        return self.post(
            urljoin(page.url, "/website/form/hr.applicant"), values
        ).json()["id"]

    def _here(self, url: str) -> str:
        """The address on the server of the story, whatever it is called in a mail."""
        return urlunsplit(urlsplit(url)._replace(scheme="http", netloc=self._host))


class Mailbox:
    """What the mail catcher stored: NNNNNN.eml, in the order of arrival."""

    def __init__(self, world: World):
        self._folder = Path(world.mail_dir)
        self._seen = {file.name for file in self._files()}

    def fetch(self) -> list[EmailMessage]:
        """The mails that arrived since the last time."""
        new = [file for file in self._files() if file.name not in self._seen]
        self._seen.update(file.name for file in new)
        return [
            email.message_from_bytes(file.read_bytes(), policy=email.policy.default)
            for file in new
        ]

    def _files(self) -> list[Path]:
        return sorted(self._folder.glob("*.eml"))


def recipient(mail: EmailMessage) -> str:
    """The address that the mail was really sent to."""
    return mail["X-Envelope-To"]


def links(mail: EmailMessage, part: str) -> list[str]:
    """The addresses in the mail's HTML that contain `part`."""
    html = mail.get_body(("html",)).get_content()
    found = re.findall(r'(?:href|src)="([^"]+)"', html)
    return [unescape(url) for url in found if part in url]


def unsubscribe_address(mail: EmailMessage) -> str:
    """Where to post for one-click unsubscribe (RFC 8058)."""
    return mail["List-Unsubscribe"].strip("<> ")


def reply_to(mail: EmailMessage, text: str) -> str:
    """A person's answer to the mail, ready for Odoo's mail gateway."""
    answer = EmailMessage()
    answer["From"] = mail["To"]
    answer["To"] = mail["Reply-To"] or mail["From"]
    answer["Subject"] = f"Re: {mail['Subject']}"
    answer["Message-ID"] = mail["Message-ID"].replace("<", "<answer.", 1)
    answer["In-Reply-To"] = answer["References"] = mail["Message-ID"]
    answer.set_content(text)
    return answer.as_string()
