"""Questions: what is written about them, whether they are public, what they were."""

from secrets import token_hex

import pytest

from core.identity import Role
from tests.api.house import Site
from tests.api.matrix import ANY, MATRIX, QUESTIONS, WHOLE, made_ground, made_question


async def test_a_question_is_drafted_completed_published_and_withdrawn(anna: Site) -> None:
    ground = await made_ground(anna)
    draft = await made_question(anna, ground, by=Role.AUTHOR)
    async with anna.client(Role.AUTHOR) as client, anna.client() as visitor:
        hidden = await visitor.get(draft.path)
        refused = await client.put(f"{draft.path}/publication", headers={"if-match": draft.tag})
        patched = await client.patch(draft.path, json=WHOLE, headers={"if-match": draft.tag})
        stale = await client.patch(draft.path, json={"hint": "Late"}, headers={"if-match": draft.tag})
        published = await client.put(f"{draft.path}/publication", headers={"if-match": patched.headers["etag"]})
        again = await client.put(f"{draft.path}/publication", headers={"if-match": published.headers["etag"]})
        seen = await visitor.get(draft.path)
        flagged = await client.patch(draft.path, json={"answer": None}, headers=ANY)
        gone = await visitor.get(draft.path)
        withdrawn = await client.delete(f"{draft.path}/publication")

    assert (draft.shown["status"], draft.shown["lacks"]) == ("draft", ["no_grade", "no_answer", "no_expectation"])
    assert hidden.status_code == 404
    assert (refused.status_code, refused.json()["code"]) == (409, "not_ready")
    assert [item["pointer"] for item in refused.json()["readiness"]] == ["/grade", "/answer", "/expectation"]
    assert (patched.json()["question"], patched.json()["grade"]) == (draft.shown["question"], "senior")
    assert (stale.status_code, stale.headers["etag"]) == (412, patched.headers["etag"])
    assert (published.json()["status"], again.json()) == ("published", published.json())
    assert seen.json() == published.json()
    assert (flagged.json()["is_flagged"], flagged.json()["status"], gone.status_code) == (True, "withdrawn", 404)
    assert (withdrawn.status_code, withdrawn.headers["etag"]) == (204, flagged.headers["etag"])


async def test_a_question_is_replaced_and_keeps_its_address(anna: Site) -> None:
    ground = await made_ground(anna)
    question = await made_question(anna, ground, **WHOLE, hint="A hint.")
    wanted = {"question": "Another one?", "subsection_id": ground.place("Third"), "frequency": "often"}
    async with anna.client(Role.OWNER) as client:
        put = await client.put(question.path, json=wanted, headers={"if-match": question.tag})
        absent = await client.put(question.path, json=wanted)
        nowhere = await client.put(question.path, json={**wanted, "subsection_id": "nowhere"}, headers=ANY)

    shown = put.json()
    assert (shown["slug"], shown["answer"], shown["grade"]) == (question.shown["slug"], "", None)
    assert (shown["frequency"], shown["subsection_id"]) == ("often", ground.place("Third"))
    assert absent.status_code == 428
    assert (nowhere.status_code, nowhere.json()["errors"][0]["pointer"]) == (422, "/subsection_id")


async def test_a_date_to_come_schedules_a_question(anna: Site) -> None:
    question = await made_question(anna, await made_ground(anna), **WHOLE)
    async with anna.client(Role.OWNER) as client, anna.client() as visitor:
        wanted = {"published_at": "2999-01-01T00:00:00Z"}
        put = await client.put(f"{question.path}/publication", json=wanted, headers=ANY)
        seen = await visitor.get(question.path)

    assert (put.json()["status"], put.json()["published_at"], seen.status_code) == ("scheduled", *wanted.values(), 404)
    assert "scheduled" in put.headers["etag"]


async def test_questions_are_listed_by_what_one_asks_for(anna: Site) -> None:
    ground = await made_ground(anna)
    senior = await made_question(anna, ground, is_public=True, **WHOLE, frequency="rarely")
    junior = await made_question(anna, ground, is_public=True, **{**WHOLE, "grade": "junior"}, place="Third")
    draft = await made_question(anna, ground)
    here = f"{QUESTIONS}?sheet={ground.shown['id']}"
    narrowed = {
        "": {senior.id, junior.id},
        "&grade=senior": {senior.id},
        "&grade=senior,junior": {senior.id, junior.id},
        "&frequency=rarely": {senior.id},
        f"&section={ground.section(1)}": {junior.id},
        "&has_evidence=true": set(),
        f"&slug={senior.shown['slug']}": {senior.id},
        f"&q={senior.shown['question'].split()[2].strip('?')}": {senior.id},
        "&status=any": {senior.id, junior.id, draft.id},
        "&status=draft&lack=no_answer": {draft.id},
        "&status=any&is_flagged=true": set(),
    }
    async with anna.client(Role.EDITOR) as client, anna.client() as visitor:
        for query, ids in narrowed.items():
            found = await client.get(here + query)
            assert {item["id"] for item in found.json()["items"]} == ids, query
        part = await visitor.get(f"{here}&limit=1")
        rest = await visitor.get(f"{here}&limit=1&cursor={part.json()['next_cursor']}")
        refused = [await visitor.get(here + query) for query in ("&status=any", "&grades=x", "&frequency=daily")]

    assert [item["id"] for item in [*part.json()["items"], *rest.json()["items"]]] == [junior.id, senior.id]
    assert 'rel="next"' in part.headers["link"]
    assert [answer.status_code for answer in refused] == [401, 400, 400]


async def test_what_a_question_was_is_listed_read_compared_and_taken_back(anna: Site) -> None:
    question = await made_question(anna, await made_ground(anna), hint="Some red words.")
    async with anna.client(Role.OWNER) as client:
        put = await client.patch(question.path, json={"hint": "Some grey words."}, headers={"if-match": question.tag})
        listed = await client.get(f"{question.path}/revisions")
        first = await client.get(f"{question.path}/revisions/1")
        compared = await client.get(f"{question.path}/comparison?old=1")
        stale = await client.post(f"{question.path}/revisions/1/restoration", headers={"if-match": question.tag})
        restored = await client.post(
            f"{question.path}/revisions/1/restoration", headers={"if-match": put.headers["etag"]}
        )
        nothing = await client.get(f"{question.path}/revisions/first")
        again = await client.put(question.path, json=first.json()["text"], headers=ANY)

    assert [item["number"] for item in listed.json()["items"]] == [2, 1]
    assert first.json()["text"]["hint"] == "Some red words."
    (told,) = compared.json()["differences"]
    assert [change["text"] for change in told["changes"] if change["kind"] != "equal"] == ["red", "grey"]
    assert (stale.status_code, nothing.status_code) == (412, 404)
    assert (restored.status_code, restored.headers["location"]) == (201, question.path)
    assert (restored.json()["hint"], again.json()["version"]) == ("Some red words.", restored.json()["version"])


async def test_what_was_deleted_lies_in_the_trash_and_comes_back(anna: Site) -> None:
    question = await made_question(anna, await made_ground(anna), is_public=True, **WHOLE)
    async with anna.client(Role.EDITOR) as client, anna.client() as visitor:
        deleted = await client.delete(question.path, headers={"if-match": question.tag})
        gone = await visitor.get(question.path)
        trash = await client.get(f"{MATRIX}/trash")
        twice = await client.delete(question.path)
        restored = await client.post(f"{question.path}/restoration")
        seen = await visitor.get(question.path)

    assert (deleted.status_code, gone.status_code, twice.status_code) == (204, 404, 404)
    assert question.id in [item["id"] for item in trash.json()["items"]]
    assert (restored.status_code, restored.headers["location"], seen.status_code) == (201, question.path, 200)


async def test_several_are_changed_at_once_or_none(anna: Site) -> None:
    ground = await made_ground(anna)
    whole, lacking = await made_question(anna, ground, **WHOLE), await made_question(anna, ground)
    both = [whole.id, lacking.id]
    async with anna.client(Role.EDITOR) as client:
        wanted = {"questions": both, "grade": "middle", "subsection_id": ground.place("Third")}
        changed = await client.post(f"{QUESTIONS}/changes", json=wanted)
        nothing = await client.post(f"{QUESTIONS}/changes", json={"questions": both})
        refused = await client.post(f"{QUESTIONS}/states", json={"questions": both, "state": "published"})
        missing = await client.post(f"{QUESTIONS}/states", json={"questions": [*both, "x"], "state": "trashed"})
        published = await client.post(f"{QUESTIONS}/states", json={"questions": [whole.id], "state": "published"})
        now = (await client.get(whole.path)).json()

    assert (changed.json(), nothing.status_code) == ({"changed": 2}, 422)
    assert (refused.status_code, refused.json()["code"]) == (409, "some_not_ready")
    assert [one["id"] for one in refused.json()["questions"]] == [lacking.id]
    assert (missing.status_code, published.json()) == (404, {"changed": 1})
    assert (now["status"], now["grade"], now["subsection_id"]) == ("published", "middle", ground.place("Third"))


async def test_doubles_are_found_and_work_is_counted(anna: Site) -> None:
    ground, word = await made_ground(anna), token_hex(6)
    question = await made_question(anna, ground, question=f"What is a {word} index?")
    async with anna.client(Role.EDITOR) as client:
        exact = (await client.get(f"{QUESTIONS}/doubles", params={"question": f"what is a {word}  INDEX?"})).json()
        own = (await client.get(f"{QUESTIONS}/doubles", params={"question": "x", "own": question.id})).json()
        work = (await client.get(f"{MATRIX}/work?sheet={ground.shown['id']}")).json()

    assert (exact["is_exact"], exact["items"][0]["id"]) == (True, question.id)
    assert own == {"is_exact": False, "items": []}
    assert (work["statuses"]["draft"], work["lacks"]["no_answer"], work["trashed"]) == (1, 1, 0)


async def test_words_that_are_there_are_written_again_by_who_is_sure(anna: Site) -> None:
    ground, word = await made_ground(anna), token_hex(6)
    there = await made_question(anna, ground, question=f"What is a {word} lock?", is_public=True, **WHOLE)
    other = await made_question(anna, ground)
    wanted = {"question": f"what is a  {word} LOCK?", "subsection_id": ground.place("Third")}
    async with anna.client(Role.AUTHOR, **{"idempotency-key": word}) as author:
        refused = await author.post(QUESTIONS, json=wanted)
        assert (refused.status_code, refused.json()["code"]) == (409, "alike")
        assert [(one["id"], one["slug"]) for one in refused.json()["alike"]] == [(there.id, there.shown["slug"])]
    async with anna.client(Role.EDITOR, **ANY) as editor:
        for change in (
            editor.patch(other.path, json={"question": wanted["question"]}),
            editor.put(other.path, json=wanted),
        ):
            assert (await change).json()["code"] == "alike"
        assert (await editor.patch(there.path, json={"question": wanted["question"], "hint": "x"})).status_code == 200
    async with anna.client(Role.AUTHOR, **{"idempotency-key": f"{word}2"}) as author:
        made = await author.post(QUESTIONS, json={**wanted, "is_sure": True})
        again = await author.post(QUESTIONS, json={**wanted, "is_sure": True})

    assert (made.status_code, again.status_code, again.json()["id"]) == (201, 201, made.json()["id"])


@pytest.mark.parametrize(("role", "status"), [(None, 401), (Role.VIEWER, 403), (Role.AUTHOR, 403), (Role.EDITOR, 200)])
async def test_only_who_may_changes_the_question_of_another(anna: Site, role: Role | None, status: int) -> None:
    question = await made_question(anna, await made_ground(anna), is_public=True, **WHOLE)

    async with anna.client(role, **ANY) as client:
        assert (await client.patch(question.path, json={"hint": "Mine"})).status_code == status


@pytest.mark.parametrize(
    ("fields", "pointer"),
    [
        ({"question": 1}, "/question"),
        ({"grade": "boss"}, "/grade"),
        ({"translations": {"xx": {"question": "?"}}}, "/translations/xx"),
        ({"resources": [{"resource_id": "none"}]}, "/resources/0/resource_id"),
        ({"evidence": ["none"]}, "/evidence/0"),
        ({"frequency": "daily"}, "/frequency"),
        ({"rank": 1}, "/rank"),
    ],
)
async def test_what_is_wrong_with_a_question_is_named(anna: Site, fields: dict[str, object], pointer: str) -> None:
    ground = await made_ground(anna)
    async with anna.client(Role.OWNER) as client:
        wanted = {"question": "What?", "subsection_id": ground.place("First"), **fields}
        answer = await client.post(QUESTIONS, json=wanted)

    assert (answer.status_code, [one["pointer"] for one in answer.json()["errors"]]) == (422, [pointer])
