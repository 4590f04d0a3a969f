"""Letters in words: `templates/mail`, in the language of whoever gets them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from babel.dates import format_datetime
from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

from core.locales import DEFAULT_LOCALE, LOCALES
from core.mail import Letter, WrittenLetter
from core.palette import Shades, palette
from core.profile import TenantProfiles
from core.tenancy.entities import Tenant
from entrypoints.http.options import HttpOptions
from entrypoints.http.translations import Translations

PATH, MOMENT = "path", "at"
NUMBERS = ("days", "hours")


@dataclass(frozen=True, slots=True, kw_only=True)
class Letterhead:
    """Whose letter it is: the site's title and public address, *shades* its accent on white paper."""

    title: str
    url: str
    host: str
    lang: str
    shades: Shades


class MailTemplates:
    """One environment for each language; made once in a process."""

    def __init__(self, folder: Path, translations: Translations, *, is_reloading: bool) -> None:
        self._environments: dict[str, Environment] = {}
        for locale in LOCALES:
            environment = Environment(
                loader=FileSystemLoader(folder),
                extensions=["jinja2.ext.i18n"],
                autoescape=select_autoescape(("html",)),
                undefined=StrictUndefined,
                auto_reload=is_reloading,
                trim_blocks=True,
                lstrip_blocks=True,
                keep_trailing_newline=True,
            )
            catalogue = translations.catalogue(locale)
            environment.install_gettext_callables(  # type: ignore[attr-defined]  # given by the i18n extension
                catalogue.gettext, catalogue.ngettext, newstyle=True
            )
            self._environments[locale] = environment

    def render(self, kind: str, ending: str, site: Letterhead, words: dict[str, object]) -> str:
        template = self._environments[site.lang].get_template(f"mail/{kind}.{ending}")
        return template.render(site=site, **words).strip() + "\n"


class TemplateLetters:
    """The plain part's first line is the subject."""

    def __init__(
        self, templates: MailTemplates, tenant: Tenant, profiles: TenantProfiles, options: HttpOptions
    ) -> None:
        self._templates = templates
        self._tenant = tenant
        self._profiles = profiles
        self._options = options

    async def write(self, letter: Letter, *, letter_id: str) -> WrittenLetter:
        settings = (await self._profiles.get(self._tenant)).site
        host = self._tenant.primary_host
        wanted = letter.lang or settings.locale
        site = Letterhead(
            title=settings.title,
            url=self._options.site_url(host),
            host=host,
            lang=wanted if wanted in LOCALES else DEFAULT_LOCALE,
            shades=palette(settings.accent).light,
        )
        words = _words(letter, site, ZoneInfo(settings.time_zone))
        subject, _, text = self._templates.render(letter.kind, "txt", site, words).partition("\n")
        html = self._templates.render(letter.kind, "html", site, {**words, "subject": subject})
        return WrittenLetter(
            id=letter_id,
            to=letter.to,
            sender_name=settings.title,
            host=host,
            subject=subject,
            text=text.lstrip("\n"),
            html=html,
            reply_to=letter.reply_to,
        )


def _words(letter: Letter, site: Letterhead, zone: ZoneInfo) -> dict[str, object]:
    words: dict[str, object] = {name: value for name, value in letter.values.items() if name not in (PATH, MOMENT)}
    words |= {name: int(letter.values[name]) for name in NUMBERS if name in letter.values}
    if MOMENT in letter.values:
        moment = datetime.fromisoformat(letter.values[MOMENT]).astimezone(zone)
        words[MOMENT] = f"{format_datetime(moment, 'd MMMM y, HH:mm', locale=site.lang)} ({zone.key})"
    return words | ({"url": site.url + letter.values[PATH]} if PATH in letter.values else {})
