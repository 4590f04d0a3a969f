"""One site with fakes behind every protocol, and what a test says about it."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from inspect import signature
from typing import Protocol, TypeVar

import pytest

from core.access import Action, Scope
from core.blog.compositor import Compositor
from core.blog.consequences import Consequences
from core.blog.entities import Post
from core.blog.import_runs import Import
from core.blog.imports import ReportLine
from core.blog.typesetter import Typesetter
from core.competency_matrix.composing import QuestionComposer
from core.competency_matrix.consequences import QuestionConsequences
from core.competency_matrix.entities import Question
from core.competency_matrix.resources import Resource
from core.competency_matrix.sheets import Sheet
from core.competency_matrix.suggestions import Suggestion
from core.errors import TerraceError
from core.identity import ANONYMOUS, OPERATOR, Actor, Role, RoleKey, SessionId, UserId
from core.limits import Client
from core.media.entities import MediaFile
from core.media.shelf import MediaShelf
from core.media.storage import MediaLimits
from core.site.entities import SiteSettings
from core.tasks import Task, TaskKind
from core.users.entities import Invitation, Session, User
from tests.core.fakes.access import FakeAccess
from tests.core.fakes.addresses import MemoryPreviewLinks, MemoryRedirects
from tests.core.fakes.audit import MemoryAuditLog, MemoryAuditTrail, MemoryRefusals
from tests.core.fakes.blog import MemoryPosts
from tests.core.fakes.clock import SetClock
from tests.core.fakes.credentials import (
    FakeInvitationTokens,
    FakePasswords,
    FakePreviewTokens,
    FakeSessionTokens,
)
from tests.core.fakes.events import MemoryEvents
from tests.core.fakes.files import FakePictures, MemoryFiles
from tests.core.fakes.history import MemoryCopies, MemoryRevisions
from tests.core.fakes.imports import Kept as KeptImport
from tests.core.fakes.imports import MemoryDeposit, MemoryImports
from tests.core.fakes.limits import MemoryLimiter
from tests.core.fakes.links import FakeLinks
from tests.core.fakes.mail import MemoryOutbox
from tests.core.fakes.markdown import FakeMarkdown, FakeSlugs
from tests.core.fakes.matrix import MemoryQuestions
from tests.core.fakes.matrix_copies import MemoryQuestionCopies
from tests.core.fakes.matrix_library import MemoryQuestionRevisions, MemoryResources, MemorySuggestions
from tests.core.fakes.matrix_sheets import MemorySheets
from tests.core.fakes.media import MemoryMedia
from tests.core.fakes.site import MemorySite
from tests.core.fakes.surroundings import MemorySurroundings
from tests.core.fakes.tasks import MemoryTasks
from tests.core.fakes.transaction import MemoryTransaction
from tests.core.fakes.users import MemoryInvitations, MemorySessions, MemoryUsers

CLIENT = Client(key="client", user_agent="Firefox")
SETTINGS = SiteSettings(title="Anna", locale="en", time_zone="UTC", accent="#c2410c")
T = TypeVar("T", covariant=True)
Made = TypeVar("Made")


class Storage(Protocol[T]):
    @property
    def kept(self) -> T: ...


def somebody(role: RoleKey) -> Actor:
    """The member that has *role*; there is one of each."""
    return Actor(
        role=role,
        user_id=UserId(str(role)),
        name=role.title(),
        email=f"{role}@example.org",
        session_id=SessionId(f"session of {role}"),
    )


class House:
    def __init__(self) -> None:
        self.access = FakeAccess(ANONYMOUS)
        self.clock = SetClock()
        self.posts = MemoryPosts()
        self.site = MemorySite(SETTINGS)
        self.media = MemoryMedia(posts=self.posts, site=self.site)
        self.revisions = MemoryRevisions()
        self.copies = MemoryCopies()
        self.redirects = MemoryRedirects(self.posts)
        self.previews = MemoryPreviewLinks()
        self.imports = MemoryImports()
        self.deposit = MemoryDeposit()
        self.sheets = MemorySheets()
        self.resources = MemoryResources()
        self.questions = MemoryQuestions(self.sheets, self.resources, self.posts)
        self.media.questions = self.questions
        self.question_revisions = MemoryQuestionRevisions()
        self.question_copies = MemoryQuestionCopies()
        self.suggestions = MemorySuggestions()
        self.surroundings = MemorySurroundings(
            self.posts, self.redirects, self.media, self.clock, sheets=self.sheets, questions=self.questions
        )
        self.files = MemoryFiles()
        self.pictures = FakePictures()
        self.limits = MediaLimits(site_bytes=1024**3)
        self.media.users = self.users = MemoryUsers()
        self.sessions = MemorySessions(users=self.users)
        self.invitations = MemoryInvitations()
        self.passwords = FakePasswords()
        self.tokens = FakeSessionTokens()
        self.invitation_tokens = FakeInvitationTokens()
        self.preview_tokens = FakePreviewTokens()
        self.limiter = MemoryLimiter(self.clock)
        self.links = FakeLinks()
        self.tasks = MemoryTasks()
        self.audit = MemoryAuditTrail()
        self.audit_log = MemoryAuditLog(clock=self.clock)
        self.refusals = MemoryRefusals()
        self.outbox = MemoryOutbox()
        self.events = MemoryEvents()
        self.markdown = FakeMarkdown()
        self.slugs = FakeSlugs()
        self.transaction = MemoryTransaction(
            *(self.posts, self.revisions, self.copies, self.redirects, self.previews),
            *(self.site, self.media, self.users, self.sessions, self.invitations, self.imports, self.tasks),
            *(self.sheets, self.sheets.chosen, self.questions, self.question_revisions, self.question_copies),
            *(self.resources, self.suggestions, self.audit, self.outbox, self.events),
            *(self.audit_log, self.audit_log.days),
        )

    @property
    def typesetter(self) -> Typesetter:
        return Typesetter(
            posts=self.posts,
            markdown=self.markdown,
            surroundings=self.surroundings,
            slugs=self.slugs,
            transaction=self.transaction,
        )

    @property
    def compositor(self) -> Compositor:
        return Compositor(posts=self.posts, typesetter=self.typesetter, slugs=self.slugs)

    @property
    def composer(self) -> QuestionComposer:
        return QuestionComposer(
            questions=self.questions,
            sheets=self.sheets,
            resources=self.resources,
            markdown=self.markdown,
            surroundings=self.surroundings,
            slugs=self.slugs,
            clock=self.clock,
            transaction=self.transaction,
        )

    @property
    def question_consequences(self) -> QuestionConsequences:
        return self.make(QuestionConsequences)

    @property
    def shelf(self) -> MediaShelf:
        return MediaShelf(
            access=self.access,
            media=self.media,
            files=self.files,
            pictures=self.pictures,
            limits=self.limits,
            clock=self.clock,
        )

    @property
    def consequences(self) -> Consequences:
        return self.make(Consequences)

    def make(self, use_case: Callable[..., Made]) -> Made:
        """*use_case* with what the house has under the names of its parameters."""
        return use_case(**{name: getattr(self, name) for name in signature(use_case).parameters})

    def admits(self, role: RoleKey) -> Actor:
        """From now on the member of *role* (or a visitor, or the operator) acts, under the base policy."""
        strangers: dict[RoleKey, Actor] = {Role.VISITOR: ANONYMOUS, Role.OPERATOR: OPERATOR}
        self.access = FakeAccess(strangers.get(role) or somebody(role))
        return self.access.actor

    def forbids(self, action: Action, scope: Scope = Scope.NONE) -> None:
        """Who acts has *action* to no more than *scope*, and all else as before."""
        self.access = FakeAccess(self.access.actor).but(action, scope)

    def has_post(self, post: Post) -> Post:
        self.posts.kept[post.id] = post
        self.transaction.settle()
        return post

    def has_media(self, media: MediaFile) -> MediaFile:
        self.media.kept[media.key] = media
        self.files.kept |= dict.fromkeys(media.objects, b"0123456789")
        self.transaction.settle()
        return media

    def has_task(self, kind: TaskKind, *, subject: str = "", **payload: str) -> Task:
        """One that the runner has begun and hands to its handler."""
        task = self.tasks.has(kind, now=self.clock.now(), subject=subject, **payload)
        self.transaction.settle()
        return task

    def has_sheet(self, sheet: Sheet) -> Sheet:
        self.sheets.kept = (*self.sheets.kept, sheet)
        self.transaction.settle()
        return sheet

    def has_question(self, question: Question) -> Question:
        self.questions.kept[question.id] = question
        self.transaction.settle()
        return question

    def has_resource(self, resource: Resource) -> Resource:
        self.resources.kept[resource.id] = resource
        self.transaction.settle()
        return resource

    def has_suggestion(self, suggestion: Suggestion) -> Suggestion:
        self.suggestions.kept[suggestion.id] = suggestion
        self.transaction.settle()
        return suggestion

    def has_import(self, one: Import, *lines: ReportLine, foreseen: Sequence[ReportLine] = ()) -> Import:
        """Its archive is in the store."""
        self.imports.kept[one.id] = KeptImport(one, [*lines], [*foreseen])
        self.deposit.kept |= dict.fromkeys(one.parts, b"archive")
        self.transaction.settle()
        return one

    def has_user(self, user: User) -> User:
        self.users.kept[user.id] = user
        self.transaction.settle()
        return user

    def has_session(self, session: Session) -> Session:
        self.sessions.kept[session.id] = session
        self.transaction.settle()
        return session

    def has_invitation(self, invitation: Invitation) -> Invitation:
        self.invitations.kept[invitation.id] = invitation
        self.transaction.settle()
        return invitation

    def kept(self, storage: Storage[T]) -> T:
        """What *storage* holds when the request is over: what was not committed is gone."""
        self.transaction.roll_back()
        return storage.kept

    @contextmanager
    def refuses(self, error: type[TerraceError]) -> Iterator[pytest.ExceptionInfo[TerraceError]]:
        """What happens within ends with exactly *error*, and nothing has changed."""
        with self.changes_nothing(), pytest.raises(error) as refused:
            yield refused
        assert type(refused.value) is error

    @contextmanager
    def changes_nothing(self) -> Iterator[None]:
        before = self._everything()
        yield
        assert self._everything() == before

    def _everything(self) -> list[object]:
        stored = [dict(self.files.kept), dict(self.deposit.kept)]
        return [self.transaction.commits, self.transaction.durable, *stored]
