"""Letters in words."""

import re
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser as Tree

from core.mail import CHANGES, VALUES, Letter, LetterKind, WrittenLetter
from core.policy import SitePolicy
from core.profile import TenantProfile, TenantProfiles
from core.site.entities import SiteSettings
from core.tenancy.entities import Hostname, Tenant, TenantId, TenantState
from entrypoints.http.options import HttpOptions
from entrypoints.http.translations import Translations
from entrypoints.runner.letters import MailTemplates, TemplateLetters

SOURCE = Path(__file__).parents[2] / "src"
WORDS = {
    "name": "Ольга <b>",
    "inviter": "Anna & Co",
    "path": "/invitations/abc",
    "days": "7",
    "hours": "2",
    "what": "password",
    "new_email": "o@example.org",
    "device": "Firefox, Windows",
    "at": "2026-11-23T15:45:00+00:00",
    "sender": "Igor",
    "message": "One\n<script>alert(1)</script>",
    "text": "Thank you\n& see you",
    "author": "Anna",
    "receiver": "receiver.example",
}
SETTINGS = SiteSettings(title="“Anna” & more", locale="en", time_zone="Europe/Moscow", accent="#c2410c")
TENANT = Tenant(
    id=TenantId("aaaaaaaaaa"),
    slug="anna",
    prefix="terrace",
    state=TenantState.ACTIVE,
    hosts=(Hostname("anna.example"), Hostname("www.anna.example")),
    created_at=datetime(2026, 11, 1, tzinfo=UTC),
)
OPTIONS = HttpOptions(
    is_local=False, public_url="https://{host}:8443", trusted_proxies=(), ops_host="127.0.0.1", ops_port=1
)


@dataclass
class Profiles:
    settings: SiteSettings = SETTINGS

    async def get(self, tenant: Tenant) -> TenantProfile:
        return TenantProfile(site=self.settings, policy=SitePolicy())


@pytest.fixture(scope="module")
def templates() -> MailTemplates:
    return MailTemplates(SOURCE / "templates", Translations(SOURCE / "translations"), is_reloading=False)


def letter(kind: LetterKind, **words: str) -> Letter:
    values = {name: word for name, word in (WORDS | words).items() if name in VALUES[kind]}
    return Letter(kind=kind, to="olga@example.org", values=values)


async def written(templates: MailTemplates, asked: Letter, profiles: TenantProfiles | None = None) -> WrittenLetter:
    letters = TemplateLetters(templates, TENANT, profiles or Profiles(), OPTIONS)
    return await letters.write(asked, letter_id="0" * 32)


@pytest.mark.parametrize("kind", LetterKind)
async def test_every_kind_says_the_same_plainly_and_beautifully(templates: MailTemplates, kind: LetterKind) -> None:
    made = await written(templates, letter(kind))

    tree = Tree(made.html)
    shown = re.sub(r"\s+", " ", tree.body.text() if tree.body else "")
    heading = tree.css_first("h1")
    assert heading is not None
    assert heading.text() == made.subject
    assert "\n" not in made.subject
    for line in filter(None, (line.strip().rstrip(":") for line in made.text.partition("\n-- \n")[0].splitlines())):
        assert re.sub(r"\s+", " ", line) in shown
    assert not tree.css("script")
    assert (made.sender_name, made.host, made.to) == (SETTINGS.title, "anna.example", "olga@example.org")


@pytest.mark.parametrize("kind", [kind for kind in LetterKind if "path" in VALUES[kind]])
async def test_links_lead_to_the_primary_host(templates: MailTemplates, kind: LetterKind) -> None:
    made = await written(templates, letter(kind))

    assert "https://anna.example:8443/invitations/abc" in made.text.splitlines()
    assert Tree(made.html).css_matches("a[href='https://anna.example:8443/invitations/abc']")
    assert not re.search(r"https?://(?!anna\.example:8443)", made.text + made.html)


@pytest.mark.parametrize("kind", LetterKind)
async def test_every_kind_speaks_russian(templates: MailTemplates, kind: LetterKind) -> None:
    words = dict.fromkeys(("name", "inviter", "device", "sender", "message", "text", "author", "receiver"), "Ольга")
    plain = Profiles(replace(SETTINGS, title="Сайт", locale="ru"))
    made = await written(templates, replace(letter(kind, **words), lang=None), plain)

    said = (made.subject + made.text).replace("o@example.org", "").replace("(Europe/Moscow)", "")
    left = re.sub(r"https?://\S+", "", said)
    assert not re.search(r"[A-Za-z]{3,}", left), left
    assert 'lang="ru"' in made.html


@pytest.mark.parametrize("what", CHANGES)
async def test_every_change_of_signing_in_has_its_sentence(templates: MailTemplates, what: str) -> None:
    made = await written(templates, letter(LetterKind.SIGN_IN_CHANGED, what=what, name=""))

    lines = made.text.splitlines()
    assert lines[0] == "Hello,"
    assert lines[2].endswith(".")


async def test_the_readers_language_comes_before_the_sites(templates: MailTemplates) -> None:
    made = await written(templates, replace(letter(LetterKind.RESET_LINK), lang="ru"))
    unknown = await written(templates, replace(letter(LetterKind.RESET_LINK), lang="de"))

    assert "2 часа" in made.text
    assert "2 hours" in unknown.text


async def test_moments_are_told_in_the_sites_zone(templates: MailTemplates) -> None:
    made = await written(templates, letter(LetterKind.NEW_DEVICE, device=""))

    assert "an unknown program, 23 November 2026, 18:45 (Europe/Moscow)." in made.text
