from datetime import datetime

from core.identity import UserId
from core.roles.explained import Person, Thing
from tests.core.fakes.blog import MemoryPosts
from tests.core.fakes.matrix import MemoryQuestions
from tests.core.fakes.media import MemoryMedia
from tests.core.fakes.users import MemorySessions, MemoryUsers


class MemoryAskedThings:
    def __init__(
        self,
        *,
        users: MemoryUsers,
        sessions: MemorySessions,
        posts: MemoryPosts,
        questions: MemoryQuestions,
        media: MemoryMedia,
    ) -> None:
        self._users = users
        self._sessions = sessions
        self._posts = posts
        self._questions = questions
        self._media = media

    async def person(self, known_as: str) -> Person | None:
        wanted = known_as.strip()
        user = self._users.kept.get(UserId(wanted)) or await self._users.find_by_email(wanted.lower())
        if user is None:
            return None
        return Person(id=user.id, name=user.name, role=user.role, is_enabled=user.is_enabled)

    async def thing(self, kind: str, thing_id: str, now: datetime) -> Thing | None:
        found = next((one for one in self._all(kind, now) if one[0] == thing_id), None)
        if found is None:
            return None
        _, label, owner_id, is_public = found
        return Thing(kind=kind, id=thing_id, label=label, owner_id=owner_id, is_public=is_public)

    def _all(self, kind: str, now: datetime) -> list[tuple[str, str, UserId | None, bool]]:
        if kind == "post":
            return [(one.id, one.title, one.owner_id, one.is_readable(now)) for one in self._posts.kept.values()]
        if kind == "question":
            return [(one.id, one.title, one.owner_id, one.is_readable(now)) for one in self._questions.kept.values()]
        if kind == "media":
            return [(one.key, one.filename, one.owner_id, False) for one in self._media.kept.values()]
        return [(one.id, one.user_agent, one.owner_id, False) for one in self._sessions.kept.values()]
