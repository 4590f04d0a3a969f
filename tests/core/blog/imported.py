"""Imports and what is in them, for the tests of the use cases."""

from dataclasses import replace

from core.blog.archives import FoundItem, Note, SkippedItem
from core.blog.entities import PostKind
from core.blog.import_runs import KEPT_FOR, Import, ImportCounts, ImportId, ImportState
from core.blog.imports import Outcome, ReportLine, line_of
from core.blog.texts import PostText
from core.identity import Role
from tests.core.house import somebody
from tests.core.makers import NOW

SKIPPED = SkippedItem(source="menu.json", reason=Note.of("Menus stay behind."))
SKIPPED_LINE = ReportLine(source="menu.json", outcome=Outcome.SKIPPED, notes=(SKIPPED.reason,))


def found(name: str) -> FoundItem:
    text = PostText(title=name.title(), body="Words", slug=name)
    return FoundItem(key=f"ghost:{name}", source=f"Ghost post {name}", kind=PostKind.POST, text=text, is_public=True)


def line(name: str, outcome: Outcome = Outcome.ADDED) -> ReportLine:
    return line_of(found(name), outcome)


def an_import(
    state: ImportState = ImportState.READY, *, name: str = "import", added: int = 0, total: int = 0
) -> Import:
    actor = somebody(Role.OWNER)
    one = Import(
        id=ImportId(name),
        filename="old-site.zip",
        format=None,
        lang="en",
        size=7,
        parts=(f"{name}-000", f"{name}-001"),
        state=state,
        created_at=NOW,
        kept_until=NOW + KEPT_FOR,
        created_by=actor.user_id,
        created_by_name=actor.name,
        total=total,
    )
    return replace(one, counts=ImportCounts(added=added))
