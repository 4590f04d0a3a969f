"""Two people changed the same question: both texts beside each other, field by field."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from core.clock import Clock
from core.competency_matrix.use_cases.list_question_revisions import ListQuestionRevisions
from core.competency_matrix.use_cases.show_desk_question import DeskQuestion
from core.diff import word_diff
from core.joining import Clash, join_lines
from entrypoints.web.admin.editor_shapes import diff_pieces
from entrypoints.web.admin.matrix import questions_forms as forms
from entrypoints.web.admin.matrix import questions_shapes as shapes
from entrypoints.web.admin.matrix.ground import Ground
from entrypoints.web.forms import parsed
from entrypoints.web.rendering import Page, Pages
from entrypoints.web.views import matrix_question as views

GROUPS = (forms.RESOURCES, forms.EVIDENCE)
"""Fields that are chosen all together: they are sent under many names that begin so."""
THEIRS, TAKE = "theirs-", "take-"
_LAST = 999_999_999
MERGED = ("answer", "expectation")
CHOICES = ("subsection_id", "grade", "frequency")


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionConflicts:
    pages: Pages
    list_revisions: ListQuestionRevisions
    clock: Clock

    async def show(self, found: DeskQuestion, values: Mapping[str, str]) -> Page:
        """Status 409. Where only they changed something since the version that the writer began with, theirs is
        offered; texts that both changed in different lines are joined; everything else is as it was typed."""
        ground = Ground(sheets=found.sheets, settings=found.settings)
        names = names_of(found, ground)
        theirs = forms.text_values(found.question.text)
        base = await self._base(found, values)
        groups = (_group(one, values, theirs, base, names) for one in GROUPS)
        shown = (*_plain(values, theirs, base, names), *(one for one in groups if one is not None))
        told = {one.name for one in shown}
        kept = [(name, value) for name, value in values.items() if name not in (*told, *forms.PASSING)]
        kept += [(THEIRS + name, value) for name, value in theirs.items() if name.startswith(tuple(told & {*GROUPS}))]
        question = shapes.desk_question(found.question, ground, self.pages.access, self.clock.now())
        page = views.QuestionConflictPage(question=question, differing=shown, kept=tuple(kept))
        return self.pages.show("admin/matrix/conflict.html", page, status=409)

    async def _base(self, found: DeskQuestion, values: Mapping[str, str]) -> Mapping[str, str] | None:
        """What the writer began with: the newest text that is not younger than her version."""
        expected = parsed(forms.QuestionForm, values).expected
        if expected is None:
            return None
        shown = await self.list_revisions(found.question.id, limit=1, cursor=str(min(expected + 1, _LAST)))
        return next((forms.text_values(revision.text) for revision in shown.revisions.items), None)


def settled(values: Mapping[str, str]) -> dict[str, str]:
    """*values* of the page with two versions: a field for which theirs was chosen has theirs."""
    taken = tuple(
        name.removeprefix(TAKE) for name, value in values.items() if name.startswith(TAKE) and value == "theirs"
    )
    groups = tuple(name for name in taken if name in GROUPS)
    own = {
        name: value
        for name, value in values.items()
        if not name.startswith((THEIRS, TAKE)) and not (groups and name.startswith(groups))
    }
    theirs = {name.removeprefix(THEIRS): value for name, value in values.items() if name.startswith(THEIRS)}
    chosen = {name: value for name, value in theirs.items() if name in taken or (groups and name.startswith(groups))}
    return {**own, **chosen}


def names_of(found: DeskQuestion, ground: Ground) -> Mapping[str, str]:
    """What people read in the place of ids."""
    names = {place.value: f"{group.label} · {place.label}" for group in ground.place_groups() for place in group.places}
    names |= {choice.value: choice.label for choice in ground.grade_choices()}
    names |= {str(one.resource.id): one.resource.name for one in found.resources}
    return names | {link.post_id: link.title for link in found.evidence}


def _plain(
    mine: Mapping[str, str], theirs: Mapping[str, str], base: Mapping[str, str] | None, names: Mapping[str, str]
) -> Iterable[views.ConflictField]:
    told = [name for name in (*mine, *theirs) if name in forms.PLAIN or name.startswith(forms.TRANSLATIONS)]
    for name in dict.fromkeys(told):
        typed, stands = forms.unix(mine.get(name, "")), theirs.get(name, "")
        if typed == stands or (name == "slug" and not typed):
            continue
        is_choice = name in CHOICES
        begun = base.get(name, "") if base is not None else None
        joined = _joined(name, begun, stands, typed)
        own = typed if joined is None else joined
        yield views.ConflictField(
            name=name,
            mine=own,
            theirs=stands,
            mine_shown=names.get(typed, typed) if is_choice else own,
            theirs_shown=names.get(stands, stands) if is_choice else stands,
            takes_theirs=typed == begun,
            is_prose=not is_choice,
            typed="" if joined is None else typed,
            pieces=() if is_choice else diff_pieces(word_diff(stands, own)),
        )


def _joined(name: str, begun: str | None, theirs: str, mine: str) -> str | None:
    """The changes of both to a text of several lines, where they do not meet."""
    if not name.endswith(MERGED) or begun is None or begun in (theirs, mine):
        return None
    try:
        return join_lines(begun, theirs, mine)
    except Clash:
        return None


def _group(
    group: str,
    values: Mapping[str, str],
    theirs: Mapping[str, str],
    base: Mapping[str, str] | None,
    names: Mapping[str, str],
) -> views.ConflictField | None:
    mine, standing = _told(group, values, names), _told(group, theirs, names)
    if mine == standing:
        return None
    return views.ConflictField(
        name=group,
        mine="",
        theirs="",
        mine_shown=mine,
        theirs_shown=standing,
        takes_theirs=base is not None and mine == _told(group, base, names),
        is_prose=False,
    )


def _told(group: str, values: Mapping[str, str], names: Mapping[str, str]) -> str:
    if group == forms.EVIDENCE:
        return "\n".join(sorted(names.get(post_id, post_id) for post_id in forms.evidence_in(values)))
    rows = forms.in_order(forms.rows_in(values))
    said = (": ".join(part for part in (names.get(row.id) or row.name or row.url, row.why) if part) for row in rows)
    return "\n".join(said)
