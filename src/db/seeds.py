from collections.abc import Callable, Sequence

from sqlalchemy import exists, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from core.clock import Clock
from core.identity import Role
from core.links import Link
from core.site.entities import SiteSettings
from core.tenancy.entities import SiteCode, Tenant
from core.tenancy.storage import OwnerInvitation
from core.users.credentials import InvitationTokens
from core.users.entities import INVITATION_LIFE, Invitation, new_invitation_id, normalised_email
from db.base import columns
from db.media import MediaRow
from db.site import SiteRow, settings_of, site_values
from db.tenant_session import TenantSessions, announce
from db.users import InvitationRow, SqlInvitationStorage, UserRow

_COMPARED = ("title", "locale", "time_zone", "accent", "tagline", "about", "menu", "ways", "sections")


class SqlSiteSeeds:
    def __init__(self, sessions: TenantSessions, tokens: Callable[[Tenant], InvitationTokens], clock: Clock) -> None:
        self._sessions = sessions
        self._tokens = tokens
        self._clock = clock

    async def plant(self, tenant: Tenant, code: SiteCode, *, about_html: str) -> OwnerInvitation:
        async with self._sessions.open(tenant) as session:
            await self._write_settings(session, _settings(code, about_html))
            invitation = await self._invite_owner(session, code)
            await session.commit()
        token = self._tokens(tenant).make(invitation.id) if invitation else None
        return OwnerInvitation(email=normalised_email(code.owner_email), token=token)

    async def drift(self, tenant: Tenant, code: SiteCode) -> Sequence[str]:
        picture = select(MediaRow.filename).where(MediaRow.key == SiteRow.picture).scalar_subquery()
        query = select(*columns(SiteRow, without=("id", "contacts")), picture.label("picture_filename"))
        async with self._sessions.open(tenant) as session:
            row = (await session.execute(query)).mappings().one_or_none()
        if row is None:
            return _COMPARED
        running, wanted = settings_of(row), _settings(code, "")
        found = [name for name in _COMPARED if getattr(running, name) != getattr(wanted, name)]
        return [*found, "picture"] if (row["picture_filename"] or "") != code.picture else found

    async def _write_settings(self, session: AsyncSession, settings: SiteSettings) -> None:
        writing = insert(SiteRow).values(id=1, **site_values(settings)).on_conflict_do_nothing()
        if await session.scalar(writing.returning(SiteRow.id)) is not None:
            announce(session, "profile")

    async def _invite_owner(self, session: AsyncSession, code: SiteCode) -> Invitation | None:
        """None when there is an owner. Two calls at once wait for each other, and the second finds the first's."""
        await session.execute(select(SiteRow.id).with_for_update())
        if await session.scalar(select(exists().where(UserRow.role == Role.OWNER))):
            return None
        now, email = self._clock.now(), normalised_email(code.owner_email)
        invitations = SqlInvitationStorage(session)
        standing = await invitations.find_open(email)
        if standing is not None and standing.is_open(now) and standing.role == Role.OWNER:
            return standing
        await self._revoke_owner_invitations(session)
        invitation = Invitation(
            id=new_invitation_id(),
            email=email,
            name=code.owner_name,
            role=Role.OWNER,
            created_at=now,
            expires_at=now + INVITATION_LIFE,
        )
        await invitations.add(invitation)
        return invitation

    async def _revoke_owner_invitations(self, session: AsyncSession) -> None:
        """An expired one, or one to somebody who is not the owner any more by the site's code."""
        is_open = (InvitationRow.accepted_at.is_(None), InvitationRow.revoked_at.is_(None))
        revoking = update(InvitationRow).where(InvitationRow.role == Role.OWNER, *is_open)
        await session.execute(revoking.values(revoked_at=self._clock.now()))


def _settings(code: SiteCode, about_html: str) -> SiteSettings:
    """The picture is a file yet to be uploaded: applying the content sets it."""
    return SiteSettings(
        title=code.title,
        locale=code.locale,
        time_zone=code.time_zone,
        accent=code.accent,
        tagline=code.tagline,
        about=code.about,
        about_html=about_html,
        menu=tuple(Link(label=label, url=url) for label, url in code.menu),
        ways=tuple(Link(label=label, url=url) for label, url in code.ways),
        sections=code.sections,
    )
