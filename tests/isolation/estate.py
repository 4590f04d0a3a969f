"""What a site has, and what of it somebody else may try to reach."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from secrets import token_hex

import httpx
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from core.blog.addresses import new_preview_link
from core.blog.entities import PostId
from core.blog.import_runs import ImportState, new_import
from core.competency_matrix.grades import DEFAULT_GRADES, MatrixSettings
from core.competency_matrix.history import revision_of
from core.competency_matrix.resources import new_resource
from core.competency_matrix.suggestions import Proposed, new_suggestion
from core.identity import ANONYMOUS, Role, SessionId, UserId
from core.limits import Client
from core.site.entities import SECTIONS
from core.users.credentials import Passwords, TokenClaims, TokenKind
from core.users.entities import (
    Invitation,
    Session,
    SessionKind,
    User,
    new_invitation_id,
    new_session,
    new_user_id,
)
from db.blog import SqlImportStorage, SqlPreviewLinkStorage
from db.competency_matrix import (
    SqlQuestionRevisionStorage,
    SqlResourceStorage,
    SqlSheetStorage,
    SqlSuggestionStorage,
)
from db.tables import TENANT_TABLES
from db.users import SqlInvitationStorage, SqlSessionStorage, SqlUserStorage
from services.csrf_tokens import CsrfTokens
from services.form_stamps import HmacFormStamps
from services.invitation_tokens import HmacInvitationTokens
from services.key_ring import KeyRing
from services.paseto_tokens import PasetoSessionTokens
from services.preview_tokens import HmacPreviewTokens
from tests.api.house import PASSWORD, House, Site
from tests.api.pictures import png
from tests.api.posts import POSTS, made_post
from tests.isolation.contacts import message_to
from tests.isolation.factors import factor_of, holder_of
from tests.isolation.matrix_files import file_of
from tests.isolation.people import people_of
from tests.isolation.roles import role_of
from tests.isolation.routes import Belongings, Way
from tests.isolation.tokens import token_of_author
from tests.isolation.webhooks import webhook_of
from tests.pages.questions import keep, made_question, made_sheet

COUNTERS = frozenset({"rate_limits"})
"""Tries are counted at the site where they are made, whoever makes them."""
BESIDE = {"audit_events": "outcome <> 'refused'", "tasks": "kind <> 'trim_audit'"}
"""And refusals are told there, in a log that is trimmed one day: the rest of these tables counts."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stay:
    """A session of somebody at a site in all its spellings."""

    id: str
    cookie: str
    access: str
    refresh: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Estate:
    """A site with the keys of the deployment: whatever can be issued for it, is."""

    site: Site
    ring: KeyRing
    passwords: Passwords
    at_hand: list[Belongings] = field(default_factory=list)

    @classmethod
    async def of(cls, house: House, site: Site) -> Estate:
        return cls(site=site, ring=await house.container.get(KeyRing), passwords=await house.container.get(Passwords))

    async def digest(self) -> str:
        """Of every row of every table but the counters, and what a refusal leaves behind: whatever writes a row leaves
        its number there, larger than all before it, and whatever deletes one makes them fewer."""
        parts = [
            f"SELECT '{name}', count(*), sum(xmin::text::bigint), max(xmin::text::bigint) FROM {name}"  # noqa: S608 - names of our own tables
            f" WHERE {BESIDE.get(name, 'true')}"
            for name in sorted(TENANT_TABLES.tables.keys() - COUNTERS)
        ]
        async with self.site.sessions.open(self.site.tenant) as session:
            return str((await session.execute(text(" UNION ALL ".join(parts)))).all())

    async def stay_of_holder(self, factor_id: str) -> Stay:
        """A session of the member whose second factor that is."""
        return await self._stay_of(await holder_of(self.site, factor_id))

    async def stay(self, role: Role = Role.OWNER, *, jti: str | None = None) -> Stay:
        """A session of the site's member of *role*, live in the browser and in the API."""
        return await self._stay_of(self.site.email(role), jti=jti)

    async def _stay_of(self, email: str, *, jti: str | None = None) -> Stay:
        now, tokens = datetime.now(UTC), PasetoSessionTokens(self.ring, self.site.tenant.id)
        async with self.site.sessions.open(self.site.tenant) as session:
            user = await SqlUserStorage(session).find_by_email(email)
            assert user is not None
            made = new_session(user.id, SessionKind.BROWSER, Client(key=""), now)
            made = replace(made, id=SessionId(jti)) if jti else made
            await SqlSessionStorage(session).add(made)
            await session.commit()
        claims = TokenClaims(kind=TokenKind.BROWSER, session_id=made.id, issued_at=now, expires_at=made.ends_at)
        return Stay(
            id=made.id,
            cookie=tokens.issue(claims),
            access=tokens.issue(replace(claims, kind=TokenKind.ACCESS)),
            refresh=tokens.issue(replace(claims, kind=TokenKind.REFRESH)),
        )

    async def everything(self) -> str:
        """Every row of every table as text, under the table's name."""
        found = []
        async with self.site.sessions.open(self.site.tenant) as session:
            for name in sorted(TENANT_TABLES.tables):
                rows = await session.execute(text(f"SELECT t::text FROM {name} t"))  # noqa: S608 - names of our own tables
                found.append(f"{name}: {rows.scalars().all()}")
        return "\n".join(found)

    async def admit(
        self, email: str, *, role: Role = Role.AUTHOR, has_password: bool = True, is_disabled: bool = False
    ) -> None:
        """A member with the password that all have."""
        now = datetime.now(UTC)
        user = User(
            id=new_user_id(),
            email=email,
            name="New",
            role=role,
            password_hash=await self.passwords.hash(PASSWORD) if has_password else None,
            created_at=now,
            disabled_at=now if is_disabled else None,
        )
        async with self.site.sessions.open(self.site.tenant) as session:
            await SqlUserStorage(session).add(user)
            await session.commit()

    def proof(self, subject: str) -> str:
        """A CSRF token of this site for *subject*."""
        return CsrfTokens(self.ring).make(self.site.tenant.id, subject)

    async def served(self, ask: Callable[[Belongings], Awaitable[httpx.Response]]) -> httpx.Response:
        """The answer to *ask* with one of each thing: those of the last time or, where they are used up, fresh ones."""
        if self.at_hand:
            answer = await ask(self.at_hand[-1])
            if answer.status_code < 400:
                return answer
        self.at_hand.append(await self.belongings())
        return await ask(self.at_hand[-1])

    async def belongings(self) -> Belongings:
        """One of each thing, made by the owner."""
        slug, tag = f"only-{token_hex(4)}", f"t{token_hex(4)}"
        post, trashed = await asyncio.gather(
            made_post(self.site, is_public=True, slug=slug, tags=[tag], title=f"Secret {slug}", series=slug),
            made_post(self.site),
        )
        async with self.site.client(Role.OWNER) as client:
            sections = {"sections": list(SECTIONS)}
            everything = await client.patch("/api/v1/site", headers={"if-match": "*"}, json=sections)
            assert everything.status_code == 200
            assert (await client.delete(f"{POSTS}/{trashed.id}")).status_code == 204
            uploaded = await client.post("/api/v1/media", files={"file": ("mine.png", png(), "image/png")})
            page = await client.post("/api/v1/pages", json={"title": f"Secret {slug}", "body": "Words.", "slug": slug})
            publication = f"{page.headers['location']}/publication"
            assert (await client.put(publication, headers={"if-match": "*"})).status_code == 200
            matrix_import_id = await file_of(client, slug)
        session_id, token = await self._guests()
        sheet = await made_sheet(self.site)
        question = made_question(sheet)
        await keep(self.site, question)
        preview_id = await self._preview_id(PostId(post.id))
        return Belongings(
            post_id=post.id,
            trashed_id=trashed.id,
            slug=slug,
            tag=tag,
            key=uploaded.json()["key"],
            session_id=session_id,
            token_id=await token_of_author(self.site, self.ring),
            role=await role_of(self.site),
            token=token,
            series=slug,
            author=post.shown["author"]["slug"],
            preview=HmacPreviewTokens(self.ring, self.site.tenant.id).make(preview_id),
            page_id=page.json()["id"],
            name=f"{slug}.png",
            preview_id=preview_id,
            page_preview_id=await self._preview_id(PostId(page.json()["id"])),
            import_id=await self._import_id(),
            matrix_import_id=matrix_import_id,
            **await self._matrix(slug),
            **await people_of(self.site, self.ring),
            message_id=await message_to(self.site, tag),
            **await webhook_of(self.site, slug),
            factor_id=await factor_of(self.site, self.passwords),
            contact_stamp=HmacFormStamps(self.ring, self.site.tenant.id).make(datetime.now(UTC) - timedelta(minutes=1)),
        )

    async def _matrix(self, word: str) -> dict[str, str]:
        """A sheet of two sections, a question with a past, something to read, and what somebody proposed; and another
        sheet, where questions can go."""
        elsewhere = await made_sheet(self.site, f"Secret {word} besides")
        made = await made_sheet(self.site, f"Secret {word}")
        question = made_question(made, f"Secret {word}?", subsection="Plans")
        await keep(self.site, question)
        resource = new_resource(name=f"Secret {word}", url=f"https://{word}.example/")
        other = new_resource(name=f"Secret {word} too", url=f"https://{word}.example/too")
        proposed = Proposed(question=f"Secret {word} too?")
        suggestion = new_suggestion(proposed, sheet=None, settings=MatrixSettings(), at=datetime.now(UTC))
        async with self.site.sessions.open(self.site.tenant) as session:
            # Two sections are enough, so that an order of them can be told in advance.
            sheet = await SqlSheetStorage(session).save(made.without(made.sections[2].id))
            await SqlQuestionRevisionStorage(session).add(revision_of(question, ANONYMOUS))
            await SqlResourceStorage(session).add(resource)
            await SqlResourceStorage(session).add(other)
            await SqlSuggestionStorage(session).add(suggestion)
            await self._open_matrix(session)
            sheet_ids = [one.id for one in await SqlSheetStorage(session).list_sheets()]
            await session.commit()
        first, second = sheet.sections
        return {
            "sheet": sheet.key,
            "sheet_id": sheet.id,
            "section_id": first.id,
            "other_section_id": second.id,
            "place_id": first.subsections[1].id,
            "elsewhere_id": elsewhere.subsections[0].id,
            "subsection_id": first.subsections[0].id,
            "question": question.slug,
            "question_id": question.id,
            "resource_id": resource.id,
            "other_resource_id": other.id,
            "sheet_ids": ",".join(sheet_ids),
            "stamp": self._stamp(),
            "suggestion_id": suggestion.id,
        }

    def _stamp(self) -> str:
        """Of a form that somebody has had before her for a minute."""
        at = str(int(datetime.now(UTC).timestamp()) - 60)
        return f"{at}.{self.proof(f'stamp {at}')}"

    async def _open_matrix(self, session: AsyncSession) -> None:
        """Visitors may propose and see everything, whatever a test has decided before."""
        storage = SqlSheetStorage(session)
        settings = await storage.settings()
        opened = replace(settings, grades=DEFAULT_GRADES, accepts_suggestions=True, shows_coverage=True)
        if opened != settings:
            await storage.save_settings(opened)

    async def close_import(self, import_id: str) -> None:
        """Of imports a site has one at a time."""
        async with self.site.sessions.open(self.site.tenant) as session:
            storage = SqlImportStorage(session)
            open_one = await storage.find_open()
            assert open_one is not None
            assert open_one.id == import_id
            await storage.save(open_one.cancelled(datetime.now(UTC)))
            await session.commit()

    async def _preview_id(self, post_id: PostId) -> str:
        link = new_preview_link(post_id, by="Owner", at=datetime.now(UTC))
        async with self.site.sessions.open(self.site.tenant) as session:
            await SqlPreviewLinkStorage(session).add(link)
            await session.commit()
        return link.id

    async def _import_id(self) -> str:
        """One that waits for her word: of these a site has one at a time, so the one before is over."""
        at = datetime.now(UTC)
        new = new_import(filename="mine.zip", form=None, lang="en", size=1, by=ANONYMOUS, at=at)
        async with self.site.sessions.open(self.site.tenant) as session:
            storage = SqlImportStorage(session)
            before = await storage.find_open()
            if before is not None:
                await storage.save(before.cancelled(at))
            await storage.add(replace(new, state=ImportState.READY))
            await session.commit()
        return new.id

    async def _guests(self) -> tuple[str, str]:
        """Somebody's session, and a link for somebody new."""
        now = datetime.now(UTC)
        async with self.site.sessions.open(self.site.tenant) as session:
            author = await SqlUserStorage(session).find_by_email(self.site.email(Role.AUTHOR))
            stay: Session = new_session(author.id if author else UserId(""), SessionKind.API, Client(key=""), now)
            await SqlSessionStorage(session).add(stay)
            invitation = Invitation(
                id=new_invitation_id(),
                email=f"{token_hex(4)}@{self.site.tenant.slug}.example",
                name="New",
                role=Role.AUTHOR,
                created_at=now,
                expires_at=now + timedelta(days=1),
            )
            await SqlInvitationStorage(session).add(invitation)
            await session.commit()
        return stay.id, HmacInvitationTokens(self.ring, self.site.tenant.id).make(invitation.id)

    async def ask(
        self,
        way: Way,
        things: Belongings,
        *,
        cookies: Mapping[str, str] | None = None,
        proof: str = "",
        headers: Mapping[str, str] | None = None,
    ) -> httpx.Response:
        """*way* as it stands in the table, with *things* in its path; *proof* is the form's CSRF token."""
        sent, headers = way.sent(things), dict(headers or {})
        if proof and way.is_form:
            sent["data"] = {**sent.get("data", {}), "csrf_token": proof}
        if way.is_api and way.method in ("PUT", "PATCH", "DELETE"):
            headers["if-match"] = "*"
        if cookies:
            headers["cookie"] = "; ".join(f"{name}={value}" for name, value in cookies.items())
        async with self.site.client() as client:
            return await client.request(way.method, way.path_for(things), headers=headers, **sent)
