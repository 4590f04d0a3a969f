"""The log by the API: what is in it, who reads it, how it is taken along."""

import json
from typing import Any

import pytest

from core.identity import Role
from db.refusals import MOST_OF_A_CLIENT
from tests.api.house import Site
from tests.api.posts import POSTS, made_post

EVENTS = "/api/v1/audit-events"
RETENTION = f"{EVENTS}/retention"


async def events(site: Site, **query: str) -> list[dict[str, Any]]:
    async with site.client(Role.OWNER) as owner:
        answer = await owner.get(EVENTS, params=query)
    assert answer.status_code == 200, answer.text
    found: list[dict[str, Any]] = answer.json()["items"]
    return found


async def test_publication_stands_in_the_log_with_who_what_and_from_where(anna: Site) -> None:
    post = (await made_post(anna)).shown
    async with anna.client(Role.OWNER, **{"x-request-id": "request-of-the-test"}) as owner:
        await owner.put(f"{POSTS}/{post['id']}/publication", headers={"if-match": "*"})

    (line,) = await events(anna, subject=post["id"])
    assert (line["action"], line["outcome"], line["role"], line["label"]) == (
        *("post.publish", "done", "owner"),
        post["title"],
    )
    assert (line["before"]["status"], line["after"]["status"]) == ("draft", "published")
    assert (line["request_id"], len(line["client"]), line["token"]) == ("request-of-the-test", 16, "")
    assert line in await events(anna, actor=line["actor_id"], action="post.publish", outcome="done")
    assert line not in await events(anna, outcome="refused")
    assert line not in await events(anna, until=line["at"])
    assert line in await events(anna, since=line["at"])


async def test_a_refusal_is_written_although_all_else_was_rolled_back(anna: Site) -> None:
    post = (await made_post(anna)).shown
    async with anna.client(Role.CONTRIBUTOR) as contributor:
        refused = await contributor.put(f"{POSTS}/{post['id']}/publication", headers={"if-match": "*"})
    assert refused.status_code == 403

    line = (await events(anna, action="post.publish", outcome="refused"))[0]
    assert (line["role"], line["after"], line["request_id"]) == (
        *("contributor", {"reason": "forbidden"}),
        refused.headers["x-request-id"],
    )


async def test_wrong_tokens_and_passwords_are_in_the_log_so_many_times_and_no_address_is(anna: Site) -> None:
    async with anna.client(token="v4.local.nonsense") as stranger:
        answers = [await stranger.get("/api/v1/whoami") for _ in range(MOST_OF_A_CLIENT + 2)]
        given = {"email": anna.email(Role.OWNER), "password": "wrong password"}
        await stranger.post("/api/v1/sessions", json=given, headers={"authorization": ""})
    assert {answer.status_code for answer in answers} == {401}

    tokens = await events(anna, action="session.read", outcome="refused", limit="100")
    client = tokens[0]["client"]
    assert len([line for line in tokens if line["client"] == client]) == MOST_OF_A_CLIENT
    assert {line["role"] for line in tokens if line["client"] == client} == {"visitor"}
    assert "10." not in client


async def test_the_list_goes_on_where_it_ended(anna: Site) -> None:
    post = (await made_post(anna)).shown
    async with anna.client(Role.OWNER) as owner:
        for _ in range(2):
            await owner.put(f"{POSTS}/{post['id']}/publication", headers={"if-match": "*"})
            await owner.delete(f"{POSTS}/{post['id']}/publication")
        query = {"subject": post["id"], "limit": "3"}
        first = (await owner.get(EVENTS, params=query)).json()
        second = (await owner.get(EVENTS, params={**query, "cursor": first["next_cursor"]})).json()
        lost = await owner.get(EVENTS, params={"cursor": "nonsense"})

    actions = [line["action"] for line in (*first["items"], *second["items"])]
    assert actions == ["post.withdraw", "post.publish"] * 2
    assert (second["next_cursor"], lost.status_code) == (None, 400)


async def test_it_is_taken_along_as_lines_and_as_a_table(anna: Site) -> None:
    post = (await made_post(anna, title="=cmd()", is_public=True)).shown
    async with anna.client(Role.OWNER) as owner:
        lines = await owner.get(f"{EVENTS}/export", params={"subject": post["id"]})
        table = await owner.get(f"{EVENTS}/export", params={"subject": post["id"], "format": "csv"})
        russian = await owner.get(
            f"{EVENTS}/export", params={"subject": post["id"], "format": "csv"}, headers={"accept-language": "ru"}
        )

    (line,) = [json.loads(one) for one in lines.text.splitlines()]
    assert (line["label"], lines.headers["content-type"]) == ("=cmd()", "application/jsonl")
    assert "Text published,'=cmd()," in table.text
    assert "Текст опубликован,'=cmd()," in russian.text
    assert table.headers["content-disposition"] == 'attachment; filename="anna-log.csv"'


@pytest.mark.parametrize("path", [EVENTS, f"{EVENTS}/export", RETENTION])
async def test_the_log_is_the_owners(anna: Site, path: str) -> None:
    async with anna.client(Role.EDITOR) as editor, anna.client() as visitor:
        assert (await editor.get(path)).status_code == 403
        assert (await visitor.get(path)).status_code == 401


async def test_how_long_it_is_kept_is_the_owners_to_say_and_in_it(anna: Site) -> None:
    async with anna.client(Role.OWNER) as owner:
        read = await owner.get(RETENTION)
        tag = {"if-match": read.headers["etag"]}
        changed = await owner.put(RETENTION, json={"days": read.json()["days"] + 1}, headers=tag)
        stale = await owner.put(RETENTION, json={"days": 90}, headers=tag)
        short = await owner.put(RETENTION, json={"days": 29}, headers={"if-match": "*"})
        blind = await owner.put(RETENTION, json={"days": 90})

    answers = (read, changed, stale, short, blind)
    assert [answer.status_code for answer in answers] == [200, 200, 412, 422, 428]
    assert short.json()["errors"][0]["pointer"] == "/days"
    line = (await events(anna, action="audit.edit", outcome="done"))[0]
    assert int(line["after"]["days"]) == int(line["before"]["days"]) + 1 == changed.json()["days"]


@pytest.mark.parametrize("query", ["action=nonsense", "since=yesterday", "outcome=both", "limit=101", "person=anna"])
async def test_what_cannot_be_looked_for_is_told(anna: Site, query: str) -> None:
    async with anna.client(Role.OWNER) as owner:
        assert (await owner.get(f"{EVENTS}?{query}")).status_code == 400
