"""Grades, coverage, search, the library, and what visitors propose."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from secrets import token_hex

import httpx
import pytest
from sqlalchemy import select

from core.identity import Role
from core.tasks import TaskKind
from db.tasks import TaskRow
from tests.api.house import Site
from tests.api.matrix import (
    ANY,
    MATRIX,
    QUESTIONS,
    RESOURCES,
    SUGGESTIONS,
    WHOLE,
    made_ground,
    made_question,
)

SETTINGS = f"{MATRIX}/settings"


@asynccontextmanager
async def with_settings(site: Site, **changed: object) -> AsyncIterator[httpx.Response]:
    """The matrix of *site* as *changed*, for a while."""
    async with site.client(Role.OWNER, **ANY) as client:
        before = (await client.get(SETTINGS)).json()
        del before["version"]
        yield await client.put(SETTINGS, json={**before, **changed})
        assert (await client.put(SETTINGS, json=before)).status_code == 200


async def test_grades_are_the_sites_own_and_one_in_use_stays(anna: Site) -> None:
    await made_question(anna, await made_ground(anna), grade="senior")
    async with anna.client(Role.OWNER) as client:
        seen = await client.get(SETTINGS)
    grades = [*seen.json()["grades"], {"key": "principal", "name": "Principal", "colour": "#c2410c"}]

    async with with_settings(anna, grades=grades) as put, anna.client(Role.OWNER) as client:
        public = await anna.client().get(SETTINGS)
        stale = await client.put(SETTINGS, json={"grades": grades}, headers={"if-match": seen.headers["etag"]})
        used = await client.put(SETTINGS, json={"grades": grades[:-2]}, headers=ANY)
        wrong = await client.put(SETTINGS, json={"grades": [{"key": "a", "name": ""}]}, headers=ANY)

    assert put.json()["grades"] == public.json()["grades"] == grades
    assert (stale.status_code, used.status_code, used.json()["code"]) == (412, 409, "grade_in_use")
    assert used.json()["count"] >= 1
    assert (wrong.status_code, wrong.json()["errors"][0]["pointer"]) == (422, "/grades/0/name")


@pytest.mark.parametrize(("role", "status"), [(None, 401), (Role.EDITOR, 403)])
async def test_only_the_owner_decides_about_the_matrix(anna: Site, role: Role | None, status: int) -> None:
    async with anna.client(role, **ANY) as client:
        assert (await client.put(SETTINGS, json={"grades": []})).status_code == status


async def test_what_the_matrix_covers_is_shown_where_the_owner_wishes(anna: Site) -> None:
    ground = await made_ground(anna)
    await made_question(anna, ground, is_public=True, **WHOLE)
    async with anna.client() as visitor, anna.client(Role.VIEWER) as member:
        hidden, own = await visitor.get(f"{MATRIX}/coverage"), await member.get(f"{MATRIX}/coverage")
        async with with_settings(anna, shows_coverage=True):
            shown = await visitor.get(f"{MATRIX}/coverage")

    assert (hidden.status_code, shown.json()) == (404, own.json())
    covered = next(sheet for sheet in shown.json()["sheets"] if sheet["id"] == ground.shown["id"])
    assert [section["questions"] for section in covered["sections"]] == [1, 0]
    cells = dict(zip((grade["key"] for grade in shown.json()["grades"]), covered["sections"][0]["cells"], strict=True))
    assert cells["senior"] == {"questions": 1, "with_evidence": 0}


async def test_search_finds_a_mistyped_word_and_marks_it(anna: Site) -> None:
    ground, word = await made_ground(anna), "tablespaces"
    for _ in range(2):
        await made_question(anna, ground, question=f"What are {word} {token_hex(3)}?", is_public=True, **WHOLE)
    here = f"{MATRIX}/search?sheet={ground.shown['key']}"
    async with anna.client() as visitor:
        first = (await visitor.get(f"{here}&q={word}&limit=1")).json()
        rest = (await visitor.get(f"{here}&q={word}&limit=1&cursor={first['next_cursor']}")).json()
        beyond = (await visitor.get(f"{here}&q={word}&cursor=9x20")).json()
        mistyped = (await visitor.get(f"{here}&q=tablespases")).json()
        narrowed = (await visitor.get(f"{here}&q={word}&grade=junior")).json()
        page = await visitor.get(first["items"][0]["url"].removeprefix(anna.url))
        refused = [await visitor.get(query) for query in (here, f"{here}&q=x&cursor=first", f"{here}-x&q=x")]

    assert (first["total"], len({item["id"] for item in [*first["items"], *rest["items"]]})) == (2, 2)
    assert (rest["next_cursor"], beyond["items"], narrowed["items"]) == (None, [], [])
    assert [piece["text"] for piece in first["items"][0]["question_pieces"] if piece["is_match"]] == [word]
    assert (mistyped["corrected"], mistyped["total"]) == (word, 2)
    assert page.status_code == 200
    assert [answer.status_code for answer in refused] == [400, 400, 404]


async def test_a_resource_is_added_used_changed_merged_and_deleted(anna: Site) -> None:
    url, other = (f"https://{token_hex(4)}.example/" for _ in range(2))
    async with anna.client(Role.EDITOR) as client:
        made = await client.post(RESOURCES, json={"name": "A book", "url": url})
        taken = await client.post(RESOURCES, json={"name": "The same", "url": url})
        second = await client.post(RESOURCES, json={"name": "B", "url": other})
        attached = [{"resource_id": made.json()["id"]}]
        question = await made_question(anna, await made_ground(anna), resources=attached)
        read = await client.get(made.headers["location"])
        absent = await client.patch(made.headers["location"], json={"name": "Late"})
        named = await client.patch(
            made.headers["location"], json={"name": "The book"}, headers={"if-match": read.headers["etag"]}
        )
        listed = (await client.get(f"{RESOURCES}?q={url}")).json()["items"]
        wanted = {"gone": made.json()["id"], "into": second.json()["id"]}
        merged = await client.post(f"{RESOURCES}/merges", json=wanted)
        now = (await client.get(question.path)).json()["resources"]
        deleted = await client.delete(second.headers["location"])
        gone = await client.get(second.headers["location"])

    assert (made.status_code, taken.status_code, taken.json()["code"]) == (201, 422, "url_taken")
    assert [card["id"] for card in read.json()["used_in"]] == [question.id]
    assert (absent.status_code, named.json()["name"], named.json()["url"]) == (428, "The book", url)
    assert [(item["name"], item["used"]) for item in listed] == [("The book", 1)]
    assert (merged.json(), [one["resource_id"] for one in now]) == ({"changed": 1}, [second.json()["id"]])
    assert (deleted.status_code, gone.status_code) == (204, 404)


async def test_the_library_is_listed_in_parts(anna: Site) -> None:
    word = token_hex(4)
    async with anna.client(Role.EDITOR) as client:
        for number in range(3):
            await client.post(RESOURCES, json={"name": f"{word} {number}", "url": f"https://{word}-{number}.example/"})
        part = await client.get(f"{RESOURCES}?q={word}&limit=2")
        rest = await client.get(f"{RESOURCES}?q={word}&cursor={part.json()['next_cursor']}")
        troubled = await client.get(f"{RESOURCES}?in_trouble=true")

    names = [item["name"] for item in [*part.json()["items"], *rest.json()["items"]]]
    assert (names, rest.json()["next_cursor"]) == ([f"{word} {number}" for number in range(3)], None)
    assert 'rel="next"' in part.headers["link"]
    assert troubled.json() == {"items": [], "next_cursor": None}


async def test_links_are_checked_when_somebody_asks_for_it(anna: Site) -> None:
    async with anna.client(Role.EDITOR) as client, anna.client(Role.AUTHOR) as author:
        asked = await client.post(f"{RESOURCES}/checks")
        refused = await author.post(f"{RESOURCES}/checks")
        word = token_hex(4)
        made = await client.post(RESOURCES, json={"name": word, "url": f"https://{word}.example/"})
        one = made.headers["location"]
        asked_one, refused_one = [await who.post(f"{one}/checks") for who in (client, author)]
        missing = await client.post(f"{RESOURCES}/nothing/checks")

    assert (asked.status_code, asked.headers["location"]) == (202, f"{RESOURCES}?in_trouble=true")
    assert (asked_one.status_code, asked_one.headers["location"]) == (202, one)
    assert (refused.status_code, refused_one.status_code, missing.status_code) == (403, 403, 404)
    async with anna.sessions.open(anna.tenant) as session:
        subjects = await session.scalars(select(TaskRow.subject).where(TaskRow.kind == TaskKind.CHECK_RESOURCES))
        assert made.json()["id"] in set(subjects)


async def test_a_suggestion_is_looked_at_and_becomes_a_draft(anna: Site) -> None:
    ground, word = await made_ground(anna), token_hex(6)
    wanted = {"question": f"Why {word}?", "remark": "Because.", "sheet": ground.shown["key"], "grade": "middle"}
    async with anna.client() as visitor, anna.client(Role.MODERATOR) as client:
        closed = await visitor.post(SUGGESTIONS, json=wanted)
        async with with_settings(anna, accepts_suggestions=True):
            made = await visitor.post(SUGGESTIONS, json=wanted)
            double = await visitor.post(SUGGESTIONS, json=wanted)
        unseen = await visitor.get(made.headers["location"])
        listed = (await client.get(SUGGESTIONS)).json()["items"]
        read = (await client.get(made.headers["location"])).json()
        placed = {"subsection_id": ground.place("First")}
        accepted = await client.post(f"{made.headers['location']}/acceptance", json=placed)
        late = await client.post(f"{made.headers['location']}/rejection")
        done = (await client.get(f"{SUGGESTIONS}?state=accepted")).json()["items"]

    assert (closed.status_code, made.status_code, double.status_code) == (404, 201, 422)
    assert (double.json()["code"], unseen.status_code) == ("double", 401)
    assert made.json()["id"] in [item["id"] for item in listed]
    assert (read["sheet_id"], read["alike"]) == (ground.shown["id"], [])
    question = accepted.json()
    assert (accepted.status_code, accepted.headers["location"]) == (201, f"{QUESTIONS}/{question['id']}")
    assert (question["question"], question["expectation"], question["grade"]) == (f"Why {word}?", "Because.", "middle")
    assert (late.status_code, late.json()["code"]) == (409, "suggestion_decided")
    assert [item["question_id"] for item in done if item["id"] == made.json()["id"]] == [question["id"]]


async def test_what_is_alike_is_shown_first(anna: Site) -> None:
    ground, word = await made_ground(anna), token_hex(6)
    there = await made_question(anna, ground, question=f"What is a {word} index?", is_public=True, **WHOLE)
    wanted = {"question": f"What are {word} indexes?"}
    async with with_settings(anna, accepts_suggestions=True), anna.client() as visitor:
        alike = await visitor.post(SUGGESTIONS, json=wanted)
        sure = await visitor.post(SUGGESTIONS, json={**wanted, "is_sure": True})
    async with anna.client(Role.EDITOR) as client:
        rejected = await client.post(f"{sure.headers['location']}/rejection")

    assert (alike.status_code, alike.json()["code"]) == (409, "alike")
    assert [card["id"] for card in alike.json()["alike"]] == [there.id]
    assert (sure.status_code, rejected.json()["state"]) == (201, "rejected")


async def test_one_client_proposes_only_so_much(anna: Site) -> None:
    async with with_settings(anna, accepts_suggestions=True), anna.client() as visitor:
        asked = [await visitor.post(SUGGESTIONS, json={"question": f"Why {token_hex(6)}?"}) for _ in range(6)]

    assert [answer.status_code for answer in asked] == [201] * 5 + [429]
    assert int(asked[-1].headers["retry-after"]) > 0
