"""Things with all their fields, so that a test names only what it is about."""

from datetime import datetime

from core.blog.entities import Post, PostId
from core.blog.texts import PostText
from core.identity import Role, RoleKey, SessionId, UserId
from core.media.entities import MediaFile, MediaKey, MediaVariant
from core.tenancy.entities import Hostname, SiteCode, Tenant, TenantId, TenantState
from core.users.entities import INVITATION_LIFE, Invitation, InvitationId, Session, SessionKind, User
from tests.core.fakes.clock import SetClock
from tests.core.house import somebody

NOW = SetClock().now()
TEXT = PostText(title="Hello", body="Hello world", lang="en")
PASSWORD = "open sesame"
HASHED = f"new:{PASSWORD}"


def draft(
    name: str = "hello",
    *,
    by: Role | None = Role.AUTHOR,
    title: str = "Hello",
    body: str = "Hello world",
    tags: tuple[str, ...] = (),
    cover: str | None = None,
    is_public: bool = False,
    published_at: datetime | None = None,
    trashed_at: datetime | None = None,
    updated_at: datetime = NOW,
    version: int = 1,
) -> Post:
    """A post by the member of role *by*; its id and slug are *name*."""
    return Post(
        id=PostId(name),
        group_id=PostId(name),
        slug=name,
        title=title,
        body=body,
        html=f"<p>{body}</p>",
        plain=body,
        renderer_version=1,
        words=len(body.split()),
        lang="en",
        author_id=somebody(by).user_id if by else None,
        author_name=somebody(by).name if by else "",
        created_at=NOW,
        updated_at=updated_at,
        tags=tags,
        cover=cover,
        is_public=is_public,
        published_at=published_at,
        trashed_at=trashed_at,
        version=version,
    )


def published(
    name: str = "hello",
    *,
    by: Role | None = Role.AUTHOR,
    at: datetime = NOW,
    tags: tuple[str, ...] = (),
    trashed_at: datetime | None = None,
) -> Post:
    return draft(name, by=by, is_public=True, published_at=at, tags=tags, trashed_at=trashed_at)


def picture(
    name: str = "cat.webp",
    *,
    by: Role | None = Role.AUTHOR,
    at: datetime = NOW,
    size: int = 10,
    sizes: tuple[int, ...] = (),
    edition: str = "",
) -> MediaFile:
    """*sizes* are the widths of its smaller copies, a byte each."""
    stem, _, extension = name.partition(".")
    copies = (MediaKey(f"{stem}-{width}w{edition}.{extension}") for width in sizes)
    return MediaFile(
        key=MediaKey(name),
        filename=name,
        content_type="image/webp",
        width=640,
        height=480,
        size=size,
        digest="0" * 64,
        alt="A cat",
        uploaded_by=somebody(by).user_id if by else None,
        created_at=at,
        variants=tuple(
            MediaVariant(key=key, content_type="image/webp", width=width, size=1)
            for key, width in zip(copies, sizes, strict=True)
        ),
        source_digest="1" * 64,
        edition=edition,
    )


def member(
    role: Role = Role.AUTHOR, *, password_hash: str | None = HASHED, disabled_at: datetime | None = None
) -> User:
    actor = somebody(role)
    return User(
        id=UserId(role.value),
        email=actor.email,
        name=actor.name,
        role=role,
        password_hash=password_hash,
        created_at=NOW,
        disabled_at=disabled_at,
    )


def stay(role: Role = Role.AUTHOR, *, kind: SessionKind = SessionKind.BROWSER, at: datetime = NOW) -> Session:
    """The session in which the member of *role* acts."""
    session_id = SessionId(f"session of {role.value}")
    return Session(id=session_id, user_id=UserId(role.value), kind=kind, created_at=at, seen_at=at)


def invitation(name: str = "invitation", *, email: str = "new@example.org", role: RoleKey = Role.EDITOR) -> Invitation:
    return Invitation(
        id=InvitationId(name),
        email=email,
        name="",
        role=role,
        created_at=NOW,
        expires_at=NOW + INVITATION_LIFE,
    )


def tenant(
    slug: str = "anna", *, state: TenantState = TenantState.ACTIVE, schema_version: str | None = "0002"
) -> Tenant:
    return Tenant(
        id=TenantId(f"id{slug}"),
        slug=slug,
        prefix="terrace",
        state=state,
        hosts=(Hostname(f"{slug}.example"),),
        created_at=NOW,
        schema_version=schema_version,
    )


def site_code(slug: str = "anna", *, title: str = "Anna", hosts: tuple[str, ...] = ()) -> SiteCode:
    return SiteCode(
        slug=slug,
        hosts=tuple(Hostname(host) for host in hosts or (f"{slug}.example",)),
        title=title,
        locale="en",
        owner_email=f"{slug}@example.org",
        about="Hello",
    )
