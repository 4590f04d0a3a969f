"""What only the real search knows: stems, both languages, quotes; and that nothing that is typed is an error."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.blog.entities import Post, blank_post
from core.blog.storage import FoundPosts, PostFilter
from core.tenancy.entities import Tenant
from db.blog import SqlPostStorage
from db.search.slips import slips
from db.search.wording import LENGTH, TERMS, Term, cleaned, understood
from db.tenant_session import TenantSessions

NOW = datetime(2026, 5, 4, 12, tzinfo=UTC)
PUBLISHED = PostFilter(now=NOW)
HOSTILE = (
    *("", " ", "'", "''", '"', '"""', "\\", "\\'", "&", "|", "!", "!!", "<->", "<2>", ":*", "a:*", "'a':*", ":A"),
    *("a & ", "(", ")", "( a | b", "-", "--", "-a -b", "- a", '-"', '-"a b', "or", "or or", "a or", "or a", "NOT"),
    *("AND a", "%", "_", "%%s", "{}", "\x00", "a\x00b", "\ud800", "\ue000\ue001", "\u202e", "\x1b[31m"),
    *("http://a.b/c?d=e&f", "a@b.c", "1e400", "-1", "1.2.3.4", "/etc/passwd", "a-b-c-d", "a_b", "__", "\ufb01"),
    *("\u0130", "ß", "日本語", "$1", ":words", "'; DROP TABLE posts; --", "%(words)s", "$$", "а" * 41, "ё" * 40),
    *("the", "и", "<b>a</b>", "&amp;", "a" * 10_000, "a " * 5_000, '"' * 10_000),
)


def a_post(slug: str, plain: str = "", *, lang: str = "en", hours: int = 0, **changes: Any) -> Post:
    at = NOW - timedelta(hours=hours)
    blank = blank_post(slug, lang=lang, author_id=None, author_name="", at=at)
    return replace(blank, **{"title": slug, "plain": plain, "is_public": True, "published_at": at, **changes})


@pytest.fixture
async def posts(anna: Tenant, sessions: TenantSessions) -> AsyncIterator[SqlPostStorage]:
    async with sessions.open(anna) as session:
        storage = SqlPostStorage(session)
        for post in (
            a_post("running", "He was running with scissors through the streets of the city"),
            a_post("forest", "В лесу родилась ёлочка, в лесу она росла", lang="ru", title="Ёлка", hours=1),
            a_post("mixed", "About the книги of Python programmers", hours=2),
        ):
            await storage.add(post)
        await session.commit()
        yield storage


async def find(posts: SqlPostStorage, text: str) -> FoundPosts:
    return await posts.search(PUBLISHED, text=text, number=1, size=9)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("runs", ["running"]),
        ("street", ["running"]),
        ("the running", ["running"]),
        ("лес", ["forest"]),
        ("елочки", ["forest"]),
        ("Ёлок", ["forest"]),
        ("книги", ["mixed"]),
        ("программ", []),
        ("programming", ["mixed"]),
        ("progr", ["mixed"]),
        ('"scissors through the streets"', ["running"]),
        ('"streets through scissors"', []),
        ("python -running", ["mixed"]),
        ("python -programmer", []),
        ("лес or street", ["forest", "running"]),
        ("-street", []),
    ],
)
async def test_each_language_has_its_stems(posts: SqlPostStorage, text: str, found: list[str]) -> None:
    page = (await find(posts, text)).page

    assert ([one.post.slug for one in page.items], page.total) == (found, len(found))


async def test_marks_stand_in_the_text_as_it_was_written(posts: SqlPostStorage) -> None:
    one = (await find(posts, "елочка")).page.items[0]
    assert [piece.text for piece in one.snippet if piece.is_match] == ["ёлочка"]
    one = (await find(posts, "елка")).page.items[0]
    assert [(piece.text, piece.is_match) for piece in one.title] == [("Ёлка", True)]


async def test_the_snippet_is_from_where_the_word_stands(posts: SqlPostStorage) -> None:
    far = " ".join(f"word{number}" for number in range(5_000))
    await posts.add(a_post("long", f"{far} the needle in the hay {far}", description="Not this"))

    one = (await find(posts, "needles")).page.items[0]

    shown = "".join(piece.text for piece in one.snippet)
    assert ("needle in the hay" in shown, len(shown) < 600) == (True, True)


async def test_without_a_mark_the_summary_is_shown(posts: SqlPostStorage) -> None:
    await posts.add(a_post("tagged", "Nothing of it here", tags=("zebra",), description="In short"))

    one = (await find(posts, "zebra")).page.items[0]

    assert [(piece.text, piece.is_match) for piece in one.snippet] == [("In short", False)]


async def test_a_text_of_more_words_than_fit_is_found_by_its_beginning(posts: SqlPostStorage) -> None:
    await posts.add(a_post("huge", "unmistakable " + " ".join(f"слово{number}-{number}я" for number in range(40_000))))

    assert (await find(posts, "unmistakable")).page.total == 1


@pytest.mark.parametrize(
    "typed", ["pyhton", "pythno", "ptyhon", "pithon", "pythoon", "Pyton", "scisors", "елчока", "кинги"]
)
async def test_slips_are_forgiven(posts: SqlPostStorage, typed: str) -> None:
    assert (await find(posts, typed)).page.total == 1


async def test_only_the_word_nobody_has_is_corrected(posts: SqlPostStorage) -> None:
    assert (await find(posts, "the pyhton programmer -running")).corrected == "the python programmer -running"
    assert (await find(posts, "xyzzy")).corrected is None


async def test_words_of_what_was_withdrawn_are_not_offered(posts: SqlPostStorage) -> None:
    hidden = a_post("hidden", "kaleidoscope")
    await posts.add(hidden)
    assert (await find(posts, "kaleidscope")).corrected == "kaleidoscope"

    await posts.save(replace(hidden, is_public=False))

    found = await find(posts, "kaleidscope")
    assert (found.corrected, found.page.total) == (None, 0)


async def test_no_input_is_an_error(posts: SqlPostStorage) -> None:
    for typed in HOSTILE:
        await find(posts, typed)
        await posts.list_numbered(replace(PUBLISHED, text=cleaned(typed)), number=1, size=2)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(words=st.lists(st.sampled_from([*HOSTILE[:-3], "python", "лес"]) | st.text(max_size=8), max_size=6))
def test_anything_is_understood_within_bounds(words: list[str]) -> None:
    wording = understood(" ".join(words))

    terms = [term for alternative in wording for term in alternative]
    assert len(terms) <= TERMS
    assert sum(len(term.text) for term in terms) <= LENGTH
    assert all(any(not term.is_unwanted for term in alternative) for alternative in wording)
    assert not [term for term in terms if "\x00" in term.text or ("'" in term.text and term.is_beginning)]


def test_wording() -> None:
    assert understood('Some -thing "as it is" or ёлки-палки ends') == [
        [Term(text="Some"), Term(text="thing", is_unwanted=True), Term(text="as it is", is_phrase=True)],
        [Term(text="елки-палки"), Term(text="ends", is_beginning=True)],
    ]


def test_slips() -> None:
    assert slips("python") == sorted({"ypthon", "ptyhon", "pyhton", "pytohn", "pythno"})
    assert {"code", "od", "ocd", "cid"} <= set(slips("cod"))
    assert {"дом", "дымы", "ым"} <= set(slips("дым"))
    assert slips("日本") == ["日", "本", "本日"]
    assert slips("") == []
