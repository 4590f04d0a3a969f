from collections.abc import Callable

from sqlalchemy.ext.asyncio import AsyncSession

from core.blog.errors import SlugTaken
from core.blog.import_errors import ImportUnderWay
from core.competency_matrix.errors import KeyTaken, QuestionNotFound, QuestionSlugTaken, SheetNotFound, UrlTaken
from core.errors import TerraceError
from core.tenancy.errors import HostTaken, SlugInUse
from core.users.errors import EmailTaken
from core.users.factor_errors import PasskeyNotMade

CONSTRAINTS: dict[str, Callable[[str], TerraceError]] = {
    "uq_posts_kind_slug": lambda clash: SlugTaken(clash.rpartition(", ")[2]),
    "uq_imports_open": lambda _: ImportUnderWay(),
    "uq_matrix_sheets_key": KeyTaken,
    "uq_questions_slug": QuestionSlugTaken,
    "uq_resources_url": UrlTaken,
    # What was there when the use case looked, and went meanwhile.
    "fk_questions_sheet_id_matrix_sheets": lambda _: SheetNotFound(),
    "fk_question_revisions_question_id_questions": lambda _: QuestionNotFound(),
    "fk_suggestions_sheet_id_matrix_sheets": lambda _: SheetNotFound(),
    "fk_suggestions_question_id_questions": lambda _: QuestionNotFound(),
    "uq_users_email": lambda _: EmailTaken(),
    "uq_factors_credential": lambda _: PasskeyNotMade(),
    "uq_tenants_slug": lambda slug: SlugInUse(slug=slug),
    "pk_hostnames": lambda host: HostTaken(host=host),
}
"""Constraint to error; the error is made from the value that clashed."""


class SqlTransaction:
    """The session's transaction, for use cases (Transaction) and around them (HeldTransaction)."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session
        self._is_held = False

    async def commit(self) -> None:
        await self._session.flush()
        if not self._is_held:
            await self._session.commit()

    async def rest(self) -> None:
        # What is held has a claim written already: giving the connection back would lose it.
        if not self._is_held:
            await self._session.rollback()

    def hold(self) -> None:
        self._is_held = True

    async def release(self) -> None:
        self._is_held = False
        await self._session.commit()
