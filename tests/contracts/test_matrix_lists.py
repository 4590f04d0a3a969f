"""QuestionStorage: lists, counts and what stands beside a question."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from core.access import Scope
from core.competency_matrix.cards import CellCount, EvidenceLink, QuestionCard, WorkCounts
from core.competency_matrix.entities import Question
from core.competency_matrix.grades import Grade, GradeKey, MatrixSettings
from core.competency_matrix.resources import Resource, ResourceId
from core.competency_matrix.storage import QuestionFilter
from core.competency_matrix.texts import Attachment, Frequency
from core.errors import Invalid
from core.identity import Role, UserId
from core.publication import PublicationStatus
from core.users.entities import User
from tests.contracts.blog_posts import a_post
from tests.contracts.blog_posts import add as add_posts
from tests.contracts.conftest import Storages
from tests.contracts.matrix import JUNIOR, NOW, PYTHON, SENIOR, a_question, a_sheet, add, said, slugs

READABLE = QuestionFilter(now=NOW)
ALL = QuestionFilter(now=NOW, status=None)
POSTS = (
    a_post("one", published_at=NOW),
    a_post("two", published_at=NOW),
    a_post("hidden", is_public=False),
    a_post("soon", published_at=NOW + timedelta(hours=1)),
    a_post("gone", trashed_at=NOW),
)
BY_SLUG = {post.slug: post.id for post in POSTS}


def proven_by(*names: str) -> tuple[str, ...]:
    return tuple(BY_SLUG.get(name, name) for name in names)


async def listed(storages: Storages, wanted: QuestionFilter = READABLE, **changes: Any) -> list[str]:
    return sorted(slugs(await storages.questions.list_cards(replace(wanted, **changes), lang="en")))


async def mixed(storages: Storages) -> list[Question]:
    """Of all kinds."""
    await add_posts(storages, *POSTS)
    anna = User(id=UserId("anna"), email="a@b.c", name="Anna", role=Role.AUTHOR, password_hash=None, created_at=NOW)
    await storages.users.add(anna)
    await storages.sheets.add(a_sheet("web", ("net", ("dns",))))
    return await add(
        storages,
        a_question("plain"),
        a_question("senior", grade=SENIOR, frequency=Frequency.OFTEN, author_id=anna.id, minutes=1),
        a_question("proven", evidence=proven_by("one", "hidden", "gone", "nobody"), minutes=2),
        a_question("unproven", evidence=proven_by("hidden", "soon"), subsection_id="tests", minutes=3),
        a_question("elsewhere", sheet_id="sheet-web", subsection_id="dns", minutes=4),
        a_question("scheduled", published_at=NOW + timedelta(hours=1), minutes=5),
        a_question("withdrawn", is_public=False, is_flagged=True, wordings={"en": said("Q?", answer=" ")}, minutes=6),
        a_question("draft", is_public=False, published_at=None, grade=None, author_id=anna.id, minutes=7),
        a_question("gone", trashed_at=NOW, is_flagged=True, minutes=8),
    )


async def test_lists_hold_what_the_filter_wants(storages: Storages) -> None:
    await mixed(storages)
    readable = ["elsewhere", "plain", "proven", "senior", "unproven"]

    assert await listed(storages) == readable
    for status, wanted in (
        (PublicationStatus.SCHEDULED, ["scheduled"]),
        (PublicationStatus.WITHDRAWN, ["withdrawn"]),
        (PublicationStatus.DRAFT, ["draft"]),
        (None, sorted([*readable, "scheduled", "withdrawn", "draft"])),
    ):
        assert await listed(storages, status=status) == wanted
    assert await listed(storages, now=NOW + timedelta(hours=1)) == sorted([*readable, "scheduled"])
    assert await listed(storages, ALL, is_trashed=True) == ["gone"]
    assert await listed(storages, ALL, scope=Scope.OWN, viewer=UserId("anna")) == ["draft", "senior"]
    assert await listed(storages, scope=Scope.OWN) == []
    assert await listed(storages, scope=Scope.NONE, viewer=UserId("anna")) == []


async def test_lists_are_narrowed_by_place_grade_and_more(storages: Storages) -> None:
    await mixed(storages)

    assert await listed(storages, sheet_id="sheet-web") == ["elsewhere"]
    assert await listed(storages, section="types") == ["plain", "proven", "senior"]
    assert await listed(storages, section="core") == ["plain", "proven", "senior"]
    assert await listed(storages, section="tools") == ["unproven"]
    assert await listed(storages, section="nowhere") == []
    assert await listed(storages, grades=frozenset({SENIOR, GradeKey("other")})) == ["senior"]
    assert await listed(storages, frequencies=frozenset({Frequency.OFTEN, Frequency.NEVER})) == ["senior"]
    assert await listed(storages, has_evidence=True) == ["proven"]
    assert await listed(storages, has_evidence=True, now=NOW + timedelta(hours=1)) == ["proven", "unproven"]
    assert await listed(storages, ALL, lack="no_answer") == ["withdrawn"]
    assert await listed(storages, ALL, lack="no_grade") == ["draft"]
    assert await listed(storages, ALL, lack="nonsense") == []
    assert await listed(storages, ALL, is_flagged=True) == ["withdrawn"]
    assert await listed(storages, slug="plain") == ["plain"]
    assert await listed(storages, grades=frozenset({SENIOR}), section="core", has_evidence=True) == []


async def test_lists_are_narrowed_by_what_is_attached_and_said(storages: Storages) -> None:
    attached = (Attachment(resource_id="r1", why="x"),)
    both = {"en": said("About zebras", hint="Stripes"), "ru": said("О зебрах", expectation="Копыта")}
    await add(storages, a_question("one", resources=attached), a_question("two", wordings=both))

    assert await listed(storages, resource=ResourceId("r1")) == ["one"]
    assert await listed(storages, resource=ResourceId("r")) == []
    for text in ("zebras", "STRIPES", "копыта", "strip", "zebras answer"):
        assert await listed(storages, text=text) == ["two"]
    for text in ("zebras lists", "'", "%", "\x00", "nothing"):
        assert await listed(storages, text=text) == [] or not text.strip("\x00")
    assert await listed(storages, text=" ") == ["one", "two"]


async def test_cards_tell_what_grids_show_in_the_language_asked_for(storages: Storages) -> None:
    await add_posts(storages, *POSTS)
    both = {"en": said("What?", hint="Look"), "ru": said("Что?", hint="Смотри")}
    question = a_question(
        "x",
        wordings=both,
        frequency=Frequency.RARELY,
        evidence=proven_by("one", "two", "hidden", "soon", "gone", "nobody"),
        is_flagged=True,
    )
    await add(storages, question)

    card = QuestionCard(
        id=question.id,
        slug="x",
        sheet_id=PYTHON.id,
        subsection_id="types",
        question="What?",
        hint="Look",
        grade=JUNIOR,
        frequency=Frequency.RARELY,
        position=1,
        evidence=2,
        status=PublicationStatus.PUBLISHED,
        is_flagged=True,
        version=1,
        updated_at=NOW,
    )
    assert await storages.questions.list_cards(READABLE, lang="en") == [card]
    assert await storages.questions.list_cards(READABLE, lang="fr") == [card]
    told = replace(card, question="Что?", hint="Смотри")
    assert await storages.questions.list_cards(READABLE, lang="ru") == [told]
    assert (await storages.questions.list_numbered(READABLE, lang="ru", number=1, size=1)).items == [told]


async def test_cards_stand_by_cell_and_place(storages: Storages) -> None:
    await add(
        storages,
        a_question("b", subsection_id="tests"),
        a_question("second"),
        a_question("senior", grade=SENIOR),
        a_question("first", minutes=1),
        a_question("none", grade=None),
    )
    await storages.questions.order("types", JUNIOR, ["id-first", "id-second"], expected=["id-second", "id-first"])

    cards = slugs(await storages.questions.list_cards(ALL, lang="en"))

    assert cards == ["b", "none", "first", "second", "senior"]


async def test_pages_are_numbered_last_changed_first(storages: Storages) -> None:
    await add(storages, *(a_question(f"q{number}", minutes=number) for number in range(5)))

    async def page(number: int) -> tuple[list[str], int]:
        found = await storages.questions.list_numbered(READABLE, lang="en", number=number, size=2)
        return slugs(found.items), found.total

    assert await page(1) == (["q0", "q1"], 5)
    assert await page(3) == (["q4"], 5)
    assert await page(4) == ([], 5)
    assert await page(10**12) == ([], 5)


async def test_slices_go_on_where_the_last_ended(storages: Storages) -> None:
    kept = await add(storages, *(a_question(f"q{number}", minutes=number // 2) for number in range(4)))
    await add(storages, a_question("draft", is_public=False, published_at=None, minutes=9))
    seen: list[str] = []
    cursor = None
    while True:
        part = await storages.questions.list_slice(ALL, limit=2, cursor=cursor)
        seen += slugs(part.items)
        cursor = part.next_cursor
        if cursor is None:
            break

    assert seen == ["q1", "q0", "q3", "q2", "draft"]
    assert (await storages.questions.list_slice(READABLE, limit=9, cursor=None)).items[0] == kept[1]
    with pytest.raises(Invalid):
        await storages.questions.list_slice(READABLE, limit=9, cursor="nonsense")


async def test_the_newest_are_what_was_published_or_changed_last(storages: Storages) -> None:
    hour = timedelta(hours=1)
    await add(
        storages,
        a_question("changed", published_at=NOW - 9 * hour, updated_at=NOW - hour),
        a_question("published", published_at=NOW - 2 * hour, updated_at=NOW - 8 * hour),
        a_question("old", published_at=NOW - 5 * hour, updated_at=NOW - 9 * hour),
        a_question("hidden", is_public=False),
    )

    async def newest(limit: int, **where: Any) -> list[str]:
        return slugs(await storages.questions.list_newest(now=NOW, limit=limit, **{"sheet_id": None, **where}))

    assert await newest(9) == ["changed", "published", "old"]
    assert await newest(1) == ["changed"]
    assert await newest(9, sheet_id=PYTHON.id) == ["changed", "published", "old"]
    assert await newest(9, sheet_id="other") == []


async def test_evidence_is_named_by_id_or_address(storages: Storages) -> None:
    await add_posts(storages, *POSTS)

    found = await storages.questions.list_evidence([*proven_by("one"), "hidden", "gone", "nobody"], now=NOW)

    assert sorted(found, key=lambda link: link.slug) == [
        EvidenceLink(post_id=BY_SLUG["hidden"], slug="hidden", title="About hidden", is_public=False),
        EvidenceLink(post_id=BY_SLUG["one"], slug="one", title="About one", is_public=True),
    ]


async def test_cells_are_counted_with_their_evidence(storages: Storages) -> None:
    await mixed(storages)

    def cell(subsection: str, grade: GradeKey, questions: int, proven: int = 0, sheet: str = PYTHON.id) -> CellCount:
        return CellCount(
            sheet_id=sheet,  # type: ignore[arg-type]  # as a test writes it
            subsection_id=subsection,
            grade=grade,
            questions=questions,
            with_evidence=proven,
        )

    found = await storages.questions.count_cells(now=NOW)

    assert sorted(found, key=lambda one: (one.subsection_id, str(one.grade))) == [
        cell("dns", JUNIOR, 1, sheet="sheet-web"),
        cell("tests", JUNIOR, 1),
        cell("types", JUNIOR, 2, 1),
        cell("types", SENIOR, 1),
    ]


async def test_the_owners_work_is_counted(storages: Storages) -> None:
    await mixed(storages)
    none = {"no_question": 0, "no_grade": 0, "no_answer": 0, "no_expectation": 0}

    def counts(published: int, scheduled: int, drafts: int, withdrawn: int, **more: Any) -> WorkCounts:
        statuses = {
            PublicationStatus.PUBLISHED: published,
            PublicationStatus.SCHEDULED: scheduled,
            PublicationStatus.DRAFT: drafts,
            PublicationStatus.WITHDRAWN: withdrawn,
        }
        return WorkCounts(**{"statuses": statuses, "lacks": none, "flagged": 0, "trashed": 0, **more})

    everything = counts(5, 1, 1, 1, lacks=none | {"no_grade": 1, "no_answer": 1}, flagged=1, trashed=1)
    own = counts(1, 0, 1, 0, lacks=none | {"no_grade": 1})

    async def work(**wanted: Any) -> WorkCounts:
        return await storages.questions.count_work(replace(READABLE, **wanted))

    assert await work(slug="other", has_evidence=True) == everything
    assert await work(scope=Scope.OWN, viewer=UserId("anna")) == own
    assert await work(sheet_id="sheet-web") == counts(1, 0, 0, 0)
    assert await work(scope=Scope.NONE) == counts(0, 0, 0, 0)


async def test_what_is_attached_stands_beside_in_its_order(storages: Storages) -> None:
    await add_posts(storages, *POSTS)
    library = [Resource(id=ResourceId(name), name=name, url=f"https://a.b/{name}", checked_at=NOW) for name in "xyz"]
    for resource in library:
        await storages.resources.add(resource)
    attached = tuple(Attachment(resource_id=name, why=f"Why {name}") for name in ("z", "gone", "x"))
    question = a_question("q", resources=attached, evidence=proven_by("two", "hidden", "nobody", "gone", "one"))
    await add(storages, question)

    beside = await storages.questions.look_beside(question, now=NOW, lang="en")

    assert [(one.resource, one.why) for one in beside.resources] == [(library[2], "Why z"), (library[0], "Why x")]
    assert [(link.slug, link.title, link.is_public) for link in beside.evidence] == [
        ("two", "About two", True),
        ("one", "About one", True),
    ]
    assert (beside.previous, beside.following) == (None, None)


async def test_neighbours_are_those_of_the_sheets_list(storages: Storages) -> None:
    grades = (Grade(key=SENIOR, name="Senior"), Grade(key=JUNIOR, name="Junior"))
    await storages.sheets.save_settings(MatrixSettings(grades=grades))
    await storages.sheets.add(a_sheet("web", ("net", ("dns",))))
    await add(
        storages,
        a_question("4-tests", subsection_id="tests"),
        a_question("2-second", wordings={"en": said("Second?"), "ru": said("Второй?")}),
        a_question("3-functions", subsection_id="functions", grade=GradeKey("unknown")),
        a_question("0-senior", grade=SENIOR),
        a_question("1-first"),
        a_question("hidden", is_public=False),
        a_question("elsewhere", sheet_id="sheet-web", subsection_id="dns"),
    )
    cell = ("2-second", "1-first", "hidden")
    await storages.questions.order(
        "types", JUNIOR, ["id-1-first", "id-hidden", "id-2-second"], expected=[f"id-{slug}" for slug in cell]
    )

    async def around(slug: str) -> list[str | None]:
        beside = await storages.questions.look_beside(await storages.questions.get(f"id-{slug}"), now=NOW, lang="ru")
        return [card.slug if card else None for card in (beside.previous, beside.following)]

    assert await around("0-senior") == [None, "1-first"]
    assert await around("1-first") == ["0-senior", "2-second"]
    assert await around("hidden") == ["1-first", "2-second"]
    assert await around("2-second") == ["1-first", "3-functions"]
    assert await around("3-functions") == ["2-second", "4-tests"]
    assert await around("4-tests") == ["3-functions", None]
    first = await storages.questions.look_beside(await storages.questions.get("id-1-first"), now=NOW, lang="ru")
    assert first.following is not None
    assert first.following.question == "Второй?"
