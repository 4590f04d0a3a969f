"""Sheets, sections, subsections and their order."""

import pytest

from core.identity import Role
from tests.api.house import Site
from tests.api.matrix import ANY, SHEETS, WHOLE, made_ground, made_question
from tests.api.posts import made_post


async def test_a_sheet_is_open_data_under_an_etag_that_changes_with_any_question(anna: Site) -> None:
    ground = await made_ground(anna)
    post = await made_post(anna, is_public=True)
    hidden = await made_post(anna)
    async with anna.client(Role.OWNER) as client:
        added = {"name": "A book", "url": f"https://{ground.shown['key']}.example/"}
        resource = (await client.post("/api/v1/matrix/resources", json=added)).json()["id"]
    question = await made_question(
        anna,
        ground,
        is_public=True,
        **WHOLE,
        evidence=[post.id, hidden.id],
        resources=[{"resource_id": resource, "why": "Chapter 2"}],
        translations={"ru": {"question": "Что?"}},
    )
    await made_question(anna, ground)

    async with anna.client() as visitor:
        by_id = await visitor.get(ground.path)
        by_key = await visitor.get(f"{SHEETS}/{ground.shown['key']}")
        again = await visitor.get(ground.path, headers={"if-none-match": by_id.headers["etag"]})
        await made_question(anna, ground, is_public=True, **WHOLE)
        changed = await visitor.get(ground.path, headers={"if-none-match": by_id.headers["etag"]})
        asked = (await visitor.get(question.path)).json()
        page = await visitor.get(by_id.json()["questions"][0]["url"].removeprefix(anna.url))

    (shown,) = by_id.json()["questions"]
    assert by_key.json() == by_id.json()
    assert (again.status_code, changed.status_code, page.status_code) == (304, 200, 200)
    assert (shown["id"], shown["answer_html"]) == (question.id, "<p>Some <strong>answer</strong>.</p>\n")
    assert [one["slug"] for one in shown["evidence"]] == [post.shown["slug"]]
    assert (question.shown["evidence"], asked["evidence"]) == ([post.id, hidden.id], [post.id])
    assert [(one["name"], one["why"]) for one in shown["resources"]] == [("A book", "Chapter 2")]
    assert shown["translations"]["ru"]["question"] == "Что?"
    assert len(changed.json()["questions"]) == 2


async def test_a_sheet_is_made_renamed_listed_and_deleted(anna: Site) -> None:
    ground = await made_ground(anna)
    question = await made_question(anna, ground, is_public=True, **WHOLE)
    elsewhere = await made_ground(anna)
    key = f"{ground.shown['key']}-new"
    async with anna.client(Role.EDITOR) as client:
        told = (await client.get(ground.path)).headers["etag"]
        put = await client.put(ground.path, json={"key": key, "name": "Data"}, headers={"if-match": told})
        stale = await client.put(ground.path, json={"key": key, "name": "Late"}, headers={"if-match": told})
        absent = await client.patch(ground.path, json={"name": "Late"})
        patched = await client.patch(ground.path, json={"description": "All of it."}, headers=ANY)
        listed = {sheet["id"]: sheet for sheet in (await client.get(SHEETS)).json()["items"]}
        full = await client.delete(ground.path)
        deleted = await client.delete(f"{ground.path}?into={elsewhere.place('Third')}")
        gone = await client.get(ground.path)
        moved = (await client.get(question.path)).json()

    assert (put.status_code, put.json()["key"], put.json()["sections"]) == (200, key, ground.shown["sections"])
    assert (stale.status_code, stale.headers["etag"], absent.status_code) == (412, put.headers["etag"], 428)
    assert (patched.json()["name"], patched.json()["description"]) == ("Data", "All of it.")
    assert listed[ground.shown["id"]]["tally"] == {"questions": 1, "with_evidence": 0, "by_grade": {"senior": 1}}
    assert (full.status_code, full.json()["code"], full.json()["count"]) == (409, "not_empty", 1)
    assert (deleted.status_code, gone.status_code) == (204, 404)
    assert (moved["sheet_id"], moved["subsection_id"]) == (elsewhere.shown["id"], elsewhere.place("Third"))


async def test_sections_and_subsections_are_renamed_moved_merged_and_deleted(anna: Site) -> None:
    ground, other = await made_ground(anna), await made_ground(anna)
    question = await made_question(anna, ground, place="Second")
    first, second, third = (ground.place(name) for name in ("First", "Second", "Third"))
    async with anna.client(Role.EDITOR) as client:
        wrong = await client.patch(f"{ground.path}/sections/{first}", json={"name": "New"}, headers=ANY)
        taken = await client.patch(f"{ground.path}/subsections/{first}", json={"name": "SECOND"}, headers=ANY)
        named = await client.patch(
            f"{ground.path}/subsections/{first}", json={"name": "New"}, headers={"if-match": ground.tag}
        )
        stale = await client.put(
            f"{ground.path}/subsections/{first}/place",
            json={"section_id": ground.section(1)},
            headers={"if-match": ground.tag},
        )
        placed = {"section_id": other.section(0), "sheet_id": other.shown["id"]}
        moved = await client.put(f"{ground.path}/subsections/{first}/place", json=placed, headers=ANY)
        full = await client.delete(f"{ground.path}/subsections/{second}")
        merged = await client.post(f"{ground.path}/merges", json={"gone": second, "into": third})
        emptied = await client.delete(f"{ground.path}/sections/{ground.section(0)}")
        there = (await client.get(other.path)).json()
        now = (await client.get(question.path)).json()

    assert (wrong.status_code, taken.status_code, taken.json()["code"]) == (404, 422, "name_taken")
    assert (named.status_code, stale.status_code) == (200, 412)
    assert first not in str(moved.json()["sections"])
    assert [one["name"] for one in there["sections"][0]["subsections"]] == ["First", "Second", "New"]
    assert (full.status_code, full.json()["count"]) == (409, 1)
    assert (merged.status_code, now["subsection_id"]) == (200, third)
    assert (emptied.status_code, emptied.headers["etag"].startswith('"')) == (204, True)


async def test_of_two_who_order_sheets_the_second_is_told_the_present_order(anna: Site) -> None:
    await made_ground(anna)
    async with anna.client(Role.EDITOR) as client:
        seen = await client.get(f"{SHEETS}/order")
        wanted = list(reversed(seen.json()["order"]))
        headers = {"if-match": seen.headers["etag"]}
        first = await client.put(f"{SHEETS}/order", json={"order": wanted}, headers=headers)
        second = await client.put(f"{SHEETS}/order", json={"order": seen.json()["order"]}, headers=headers)
        partial = await client.put(f"{SHEETS}/order", json={"order": wanted[1:]}, headers=ANY)
        absent = await client.put(f"{SHEETS}/order", json={"order": wanted})
        now = await client.get(f"{SHEETS}/order")

    assert (first.status_code, first.headers["etag"]) == (200, now.headers["etag"])
    assert (second.status_code, second.json()["code"], second.json()["order"]) == (412, "order_changed", wanted)
    assert second.headers["etag"] == now.headers["etag"]
    assert (partial.status_code, partial.json()["order"], absent.status_code) == (409, wanted, 428)
    assert now.json()["order"] == wanted


@pytest.mark.parametrize("of_sections", [True, False], ids=["sections", "subsections"])
async def test_places_are_ordered_by_the_version_of_their_sheet(anna: Site, of_sections: bool) -> None:
    ground = await made_ground(anna)
    path = f"{ground.path}/sections" if of_sections else f"{ground.path}/sections/{ground.section(0)}/subsections"
    async with anna.client(Role.EDITOR) as client:
        seen = await client.get(f"{path}/order")
        wanted = list(reversed(seen.json()["order"]))
        headers = {"if-match": seen.headers["etag"]}
        first = await client.put(f"{path}/order", json={"order": wanted}, headers=headers)
        second = await client.put(f"{path}/order", json={"order": wanted}, headers=headers)
        partial = await client.put(f"{path}/order", json={"order": wanted[1:]}, headers=ANY)
        now = await client.get(f"{path}/order")

    assert seen.headers["etag"] == ground.tag
    assert (first.status_code, second.status_code) == (200, 412)
    assert (partial.status_code, partial.json()["order"]) == (409, wanted)
    assert (now.json()["order"], now.headers["etag"]) == (wanted, first.headers["etag"])


async def test_the_order_of_a_cell_is_put_as_a_whole(anna: Site) -> None:
    ground = await made_ground(anna)
    ids = [(await made_question(anna, ground, grade="junior")).id for _ in range(3)]
    await made_question(anna, ground)
    cell = f"/api/v1/matrix/questions/order?subsection={ground.place('First')}&grade=junior"
    async with anna.client(Role.EDITOR) as client:
        seen = await client.get(cell)
        headers = {"if-match": seen.headers["etag"]}
        put = await client.put(cell, json={"order": ids[::-1]}, headers=headers)
        late = await client.put(cell, json={"order": ids}, headers=headers)
        foreign = await client.get("/api/v1/matrix/questions/order?subsection=nowhere")

    assert seen.json() == {"order": ids}
    assert (put.status_code, late.status_code, late.json()["order"]) == (200, 412, ids[::-1])
    assert foreign.status_code == 404


@pytest.mark.parametrize(("role", "status"), [(None, 401), (Role.AUTHOR, 403), (Role.EDITOR, 201)])
async def test_only_who_may_edits_sheets(anna: Site, role: Role | None, status: int) -> None:
    async with anna.client(role) as client:
        assert (await client.post(SHEETS, json={"name": "Mine"})).status_code == status


async def test_a_sheet_is_made_once_for_one_key(anna: Site) -> None:
    async with anna.client(Role.EDITOR, **{"idempotency-key": "one sheet"}) as client:
        made = [await client.post(SHEETS, json={"name": "Once"}) for _ in range(2)]

    assert {answer.status_code for answer in made} == {201}
    assert len({answer.json()["id"] for answer in made}) == 1
