"""An owner's invitation, accepted the way she would: through the page, over HTTP."""

from html.parser import HTMLParser
from http.cookies import SimpleCookie
from urllib.parse import urlencode, urlsplit

from dev.ready import Answer, ask
from dev.trouble import Trouble


class KnownFields(HTMLParser):
    """What the form holds already: its hidden fields, and the name that the operator gave."""

    def __init__(self) -> None:
        super().__init__()
        self.found: dict[str, str] = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        name, value = given.get("name"), given.get("value")
        if tag == "input" and name and (given.get("type") == "hidden" or (name == "name" and value)):
            self.found.setdefault(name, value or "")


def cookies(page: Answer) -> str:
    jar: SimpleCookie = SimpleCookie()
    for header in page.headers.get_all("Set-Cookie") or ():
        jar.load(header)
    return "; ".join(f"{name}={morsel.coded_value}" for name, morsel in jar.items())


def accept(invitation_url: str, *, name: str, password: str) -> None:
    """Sets the owner's password; *name* is for an invitation without one. Raises Trouble when the site refuses."""
    page = ask(invitation_url, timeout=30)
    fields = KnownFields()
    fields.feed(page.body)
    if page.status != 200 or "csrf_token" not in fields.found:
        raise Trouble(f"The invitation page {invitation_url} answered {page.status} and no form.")
    parts = urlsplit(invitation_url)
    form = {"name": name} | fields.found | {"password": password, "password_again": password}
    headers = {
        "Content-Type": "application/x-www-form-urlencoded",
        "Origin": f"{parts.scheme}://{parts.netloc}",
        "Cookie": cookies(page),
    }
    answer = ask(invitation_url, "POST", headers=headers, body=urlencode(form), timeout=30)
    if answer.status not in (200, 201, 302, 303):
        raise Trouble(f"The invitation {invitation_url} was refused with {answer.status}.")
