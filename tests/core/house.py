"""One site with fakes behind every protocol, and what a test says about it."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from core.access import Action, PolicyDifference, Scope
from core.blog.entities import Post
from core.errors import TerraceError
from core.identity import ANONYMOUS, OPERATOR, Actor, Role, SessionId, UserId
from core.limits import Client
from core.media.entities import MediaFile
from core.users.entities import Invitation, Session, User
from tests.core.fakes.access import FakeAccess
from tests.core.fakes.blog import FakePostStorage
from tests.core.fakes.clock import FakeClock
from tests.core.fakes.credentials import FakeInvitationTokens, FakePasswords, FakeSessionTokens
from tests.core.fakes.limits import FakeRateLimiter
from tests.core.fakes.markdown import FakeMarkdown, FakeSlugs
from tests.core.fakes.media import FakeFiles, FakeMediaStorage, FakePictures
from tests.core.fakes.rows import Rows
from tests.core.fakes.site import FakeSiteStorage
from tests.core.fakes.transaction import FakeTransaction
from tests.core.fakes.users import FakeInvitationStorage, FakeSessionStorage, FakeUserStorage

CLIENT = Client(key="client", user_agent="Firefox")


def somebody(role: Role) -> Actor:
    """The member that has *role*; there is one of each."""
    return Actor(
        role=role,
        user_id=UserId(role.value),
        name=role.value.title(),
        email=f"{role.value}@example.org",
        session_id=SessionId(f"session of {role.value}"),
    )


class House:
    def __init__(self) -> None:
        self.clock = FakeClock()
        self.posts = FakePostStorage()
        self.site = FakeSiteStorage()
        self.media = FakeMediaStorage(self.posts, self.site)
        self.files = FakeFiles()
        self.pictures = FakePictures()
        self.users = FakeUserStorage()
        self.sessions = FakeSessionStorage(self.users)
        self.invitations = FakeInvitationStorage()
        self.passwords = FakePasswords()
        self.tokens = FakeSessionTokens()
        self.invitation_tokens = FakeInvitationTokens()
        self.limiter = FakeRateLimiter(self.clock)
        self.markdown = FakeMarkdown()
        self.slugs = FakeSlugs()
        self.transaction = FakeTransaction(*self._tables)
        self.access = FakeAccess(ANONYMOUS)

    @property
    def _tables(self) -> list[Rows[Any]]:
        storages = (self.posts, self.site, self.media, self.users, self.sessions, self.invitations)
        return [storage.rows for storage in storages]

    def admits(self, role: Role) -> Actor:
        """From now on the member of *role* (or a visitor, or the operator) acts, under the base policy."""
        strangers = {Role.VISITOR: ANONYMOUS, Role.OPERATOR: OPERATOR}
        self.access = FakeAccess(strangers.get(role) or somebody(role))
        return self.access.actor

    def forbids(self, action: Action, scope: Scope = Scope.NONE) -> None:
        """This site departs from the base policy: who acts has *action* to no more than *scope*."""
        actor = self.access.actor
        self.access = FakeAccess(actor, PolicyDifference(role=actor.role, action=action, scope=scope))

    def has_post(self, post: Post) -> Post:
        return self._keep(self.posts.rows, post.id, post)

    def has_media(self, media: MediaFile) -> MediaFile:
        self.files.objects[media.key] = b"0123456789"
        return self._keep(self.media.rows, media.key, media)

    def has_user(self, user: User) -> User:
        return self._keep(self.users.rows, user.id, user)

    def has_session(self, session: Session) -> Session:
        return self._keep(self.sessions.rows, session.id, session)

    def has_invitation(self, invitation: Invitation) -> Invitation:
        return self._keep(self.invitations.rows, invitation.id, invitation)

    @contextmanager
    def refuses(self, error: type[TerraceError]) -> Iterator[pytest.ExceptionInfo[TerraceError]]:
        """What happens within ends with exactly *error*, and nothing has changed."""
        with self.changes_nothing(), pytest.raises(error) as refused:
            yield refused
        assert type(refused.value) is error

    @contextmanager
    def changes_nothing(self) -> Iterator[None]:
        before = self._durable()
        yield
        self.transaction.roll_back()
        assert self._durable() == before

    def _durable(self) -> list[object]:
        return [self.transaction.commits, dict(self.files.objects), *(dict(table.kept) for table in self._tables)]

    def _keep(self, table: Rows[Any], key: str, thing: Any) -> Any:
        table[key] = thing
        table.keep()
        return thing
