"""From a page's data to the answer: the site around it, the language, cookies, caching."""

import gzip
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime
from hashlib import sha256
from typing import Any, TypeAlias

from litestar import Request, Response
from litestar.datastructures import Cookie
from litestar_htmx import HTMXDetails

from core.access import Access, Action
from core.identity import Actor
from core.policy import SitePolicy
from core.site.entities import SiteSettings
from entrypoints.http.assets import Assets, accepts_gzip
from entrypoints.http.context import RequestFacts
from entrypoints.http.options import HttpOptions
from entrypoints.http.role_words import role_name
from entrypoints.http.theme import theme_sheet
from entrypoints.http.translations import Catalogue, Translations
from entrypoints.web import sessions
from entrypoints.web.csrf import CsrfTokens
from entrypoints.web.notices import Done, notice_of, notice_value
from entrypoints.web.templates import Templates
from entrypoints.web.views import DeskRights, MenuItem, SignedIn, SiteView
from entrypoints.web.views.desk_menu import DeskNews

Page: TypeAlias = Response[bytes]
WebRequest: TypeAlias = Request[Any, Any, Any]
VARY = "Accept-Encoding, Cookie, HX-Request"
WORTH_PACKING = 1024
MATRIX = "matrix"
"""Its name among the sections of a site."""
_RIGHTS = {
    "open_desk": Action.OPEN_DESK,
    "list_posts": Action.READ_UNPUBLISHED_POST,
    "draft_post": Action.DRAFT_POST,
    "publish_post": Action.PUBLISH_POST,
    "restore_post": Action.RESTORE_POST,
    "edit_tags": Action.EDIT_TAGS,
    "list_media": Action.LIST_MEDIA,
    "upload_media": Action.UPLOAD_MEDIA,
    "edit_site": Action.EDIT_SITE,
    "export_content": Action.EXPORT_CONTENT,
    "import_content": Action.IMPORT_CONTENT,
    "draft_question": Action.DRAFT_QUESTION,
    "edit_question": Action.EDIT_QUESTION,
    "publish_question": Action.PUBLISH_QUESTION,
    "withdraw_question": Action.WITHDRAW_QUESTION,
    "trash_question": Action.TRASH_QUESTION,
    "order_questions": Action.ORDER_QUESTIONS,
    "edit_sheets": Action.EDIT_SHEETS,
    "edit_resources": Action.EDIT_RESOURCES,
    "decide_suggestions": Action.DECIDE_SUGGESTION,
    "edit_matrix": Action.EDIT_MATRIX,
    "read_messages": Action.READ_MESSAGE,
    "edit_messages": Action.EDIT_MESSAGE,
    "reply_messages": Action.REPLY_MESSAGE,
    "delete_messages": Action.DELETE_MESSAGE,
    "export_messages": Action.EXPORT_MESSAGES,
    "list_roles": Action.LIST_ROLES,
    "edit_roles": Action.EDIT_ROLES,
    "erase_messages": Action.ERASE_MESSAGES,
    "edit_contacts": Action.EDIT_CONTACTS,
    "list_users": Action.LIST_USERS,
    "list_tokens": Action.LIST_TOKENS,
    "list_webhooks": Action.LIST_WEBHOOKS,
    "read_audit": Action.READ_AUDIT,
    "require_factors": Action.REQUIRE_FACTORS,
}


@dataclass(slots=True, kw_only=True)
class Pages:
    """Makes the answers of one request. Personal pages are never stored; public ones are asked for again by ETag."""

    request: Request[Any, Any, Any]
    facts: RequestFacts
    access: Access
    settings: SiteSettings
    policy: SitePolicy
    templates: Templates
    translations: Translations
    assets: Assets
    csrf: CsrfTokens
    options: HttpOptions
    news: DeskNews
    _cookies: list[Cookie] = field(default_factory=list, init=False)

    @property
    def actor(self) -> Actor:
        return self.access.actor

    @property
    def locale(self) -> str:
        """The desk speaks the language of whoever sits at it, pages that of the site."""
        is_desk = self.request.scope["path"].startswith("/admin")
        chosen = self.actor.locale if is_desk else None
        return self.translations.catalogue(chosen or self.settings.locale).locale

    @property
    def catalogue(self) -> Catalogue:
        return self.translations.catalogue(self.locale)

    @property
    def is_htmx(self) -> bool:
        return bool(HTMXDetails(self.request))

    @property
    def wants_fragment(self) -> bool:
        """Not when HTMX restores a page of its history: it needs all of it."""
        htmx = HTMXDetails(self.request)
        return bool(htmx) and not htmx.history_restore_request

    @property
    def csrf_subject(self) -> str:
        """What a form's proof is bound to: the session, or the cookie of an anonymous form; empty without either."""
        if self.actor.session_id:
            return self.actor.session_id
        given = self.request.cookies.get(sessions.form_cookie_name(self.options))
        return sessions.usable_form_value(given) or ""

    def show(
        self, template: str, page: object, *, status: int = 200, has_form: bool = False, is_private: bool = False
    ) -> Page:
        """A whole page. *has_form*: visitors find a form on it, so that it needs a cookie and a token. *is_private*:
        not for everybody, though nobody has to be signed in."""
        return self._rendered(template, status=status, has_form=has_form, is_private=is_private, page=page)

    def fragment(
        self, template: str, *, status: int = 200, headers: dict[str, str] | None = None, **names: Any
    ) -> Page:
        """The very partial that a page includes, for HTMX."""
        answer = self._rendered(template, status=status, has_form=False, **names)
        answer.headers.update(headers or {})
        return answer

    def redirect(
        self,
        url: str,
        *,
        done: Done | None = None,
        about: str = "",
        count: int | None = None,
        cookies: Sequence[Cookie] = (),
    ) -> Page:
        """See other, and above the page there a sentence about what was *done*."""
        if done is not None:
            self._cookies.append(sessions.notice_set(self.options, notice_value(done, about, count)))
        self._cookies.extend(cookies)
        return self._finished(
            Response(content=b"", status_code=303, headers={"location": url}, media_type="text/plain"), is_personal=True
        )

    def moved(self, url: str) -> Page:
        """For good, but asked again each time: the owner may change her mind."""
        answer = self._finished(
            Response(content=b"", status_code=301, headers={"location": url}, media_type="text/plain"),
            is_personal=False,
        )
        answer.headers["cache-control"] = "no-cache"
        return answer

    def data(self, body: bytes, *, status: int = 200, media_type: str = "application/json") -> Page:
        """Something that only this person gets, for a script."""
        return self._finished(Response(content=body, status_code=status, media_type=media_type), is_personal=True)

    def public(self, body: bytes, *, media_type: str, changed_at: datetime | None = None) -> Page:
        """Something that everybody gets alike; with *changed_at* also by date, for those who ask so (RFC 9110, 13.1.3:
        an ETag that is sent along goes before it)."""
        answer: Page = Response(content=body, status_code=200, headers={"content-type": media_type})
        if changed_at is None:
            return self._public(answer, body)
        answer.headers["last-modified"] = format_datetime(changed_at.astimezone(UTC), usegmt=True)
        asked = self.request.headers
        if "if-none-match" not in asked and is_unchanged_since(asked.get("if-modified-since"), changed_at):
            answer.status_code, answer.content = 304, b""
        return self._public(answer, body)

    def _rendered(self, template: str, *, status: int, has_form: bool, is_private: bool = False, **names: Any) -> Page:
        token = self._token(has_form=has_form)
        site = self._site(token)
        body = self.templates.render(template, self.locale, site=site, **names).encode()
        answer: Page = Response(
            content=body, status_code=status, headers={"content-type": "text/html; charset=utf-8", "vary": VARY}
        )
        if token or site.notice or status != 200 or is_private:
            return self._finished(answer, is_personal=True)
        return self._public(answer, body)

    def _token(self, *, has_form: bool) -> str:
        subject = self.csrf_subject
        if self.actor.is_anonymous and not has_form:
            return ""
        if not subject:
            subject = sessions.new_form_value()
            self._cookies.append(sessions.form_set(self.options, subject))
        return self.csrf.make(self.facts.tenant.id, subject)

    def _site(self, token: str) -> SiteView:
        notice = notice_of(self.request.cookies.get(sessions.notice_cookie_name(self.options)), self.catalogue)
        if notice is not None:
            self._cookies.append(sessions.notice_cleared(self.options))
        return SiteView(
            title=self.settings.title,
            tagline=self.settings.tagline,
            lang=self.locale,
            locale=self.locale,
            time_zone=self.settings.time_zone,
            base_url=self.facts.base_url,
            path=self.request.scope["path"],
            theme_css=theme_sheet(self.settings.accent).url,
            asset=self.assets.url,
            menu=tuple(MenuItem(label=link.label, url=link.url) for link in self.settings.menu),
            user=self._user(),
            can=self._rights(),
            csrf_token=token,
            notice=notice,
            news=self.news,
        )

    def _user(self) -> SignedIn | None:
        if self.actor.is_anonymous:
            return None
        role = role_name(self.catalogue, self.actor.role, self.policy)
        return SignedIn(name=self.actor.name, email=self.actor.email, role=role)

    def _rights(self) -> DeskRights:
        if self.actor.is_anonymous:
            return DeskRights()
        can = self.access.can
        may_begin = MATRIX in self.settings.sections or can(Action.EDIT_MATRIX)
        return DeskRights(
            **{name: can(action) for name, action in _RIGHTS.items()},
            show_matrix=may_begin and can(Action.READ_UNPUBLISHED_QUESTION),
        )

    def _public(self, answer: Page, body: bytes) -> Page:
        """With an ETag, packed where the client can unpack; an answer with a token in it never is (BREACH)."""
        packs = len(body) >= WORTH_PACKING and accepts_gzip(self.request.headers.get("accept-encoding", "").encode())
        tag = f'"{sha256(body).hexdigest()[:24]}{"-gzip" if packs else ""}"'
        answer.headers.update({"etag": tag, "cache-control": "no-cache", "vary": VARY})
        if answer.status_code == 304 or is_known(self.request.headers.get("if-none-match"), tag):
            answer.status_code, answer.content = 304, b""
            answer.headers.pop("content-type", None)
        elif packs:
            answer.content = gzip.compress(body, 6, mtime=0)
            answer.headers["content-encoding"] = "gzip"
        return self._finished(answer, is_personal=False)

    def _finished(self, answer: Page, *, is_personal: bool) -> Page:
        if self.facts.reissued_cookie is not None:
            self._cookies.append(sessions.session_set(self.options, self.facts.reissued_cookie))
        if is_personal or self._cookies or not self.actor.is_anonymous:
            answer.headers["cache-control"] = "private, no-store"
            answer.headers.pop("etag", None)
        answer.cookies.extend(self._cookies)
        return answer


def is_unchanged_since(if_modified_since: str | None, changed_at: datetime) -> bool:
    """Whether nothing changed after the date in If-Modified-Since, whose grain is a second; anything else is no
    date."""
    try:
        since = parsedate_to_datetime(if_modified_since or "")
    except ValueError:
        return False
    return since.tzinfo is not None and changed_at.replace(microsecond=0) <= since


def is_known(if_none_match: str | None, tag: str) -> bool:
    """Whether If-None-Match (RFC 9110, 13.1.2: weak comparison) names *tag*."""
    if not if_none_match:
        return False
    given = {part.strip().removeprefix("W/") for part in if_none_match.split(",")}
    return "*" in given or tag in given
