"""What happens when we are wrong: told to nobody, logged once, without anybody's secrets."""

import pytest
from psycopg import errors as postgres

from core.identity import Role
from tests.api.house import Site
from tests.isolation.estate import Estate
from tests.security.rig import Rig, listening

SECRETS = ("hunter2-password", "v4.local.AAAAinternalAAAA", "gAAAAAsealedsealedsealedsealed", "postgres-pw")
MESSAGE = (
    f"password={SECRETS[0]} token {SECRETS[1]} box {SECRETS[2]} at postgresql://terrace:{SECRETS[3]}@db:5432/terrace"
)
INSIDE = ("Traceback", "RuntimeError", "psycopg", "sqlalchemy", "src/", ".py", "postgresql", "dishka", "litestar")
ERRORS = [RuntimeError, KeyError, postgres.UndefinedColumn, AssertionError]
REQUEST_ID = "one-that-is-known"


@pytest.mark.parametrize("error", ERRORS, ids=lambda error: error.__name__)
@pytest.mark.parametrize("part", ["posts", "profile", "names"])
@pytest.mark.parametrize("path", ["/blog", "/api/v1/posts"])
async def test_a_bug_is_told_to_nobody_and_logged_once(
    anna: Site, rig: Rig, part: str, path: str, error: type[Exception]
) -> None:
    with rig.faults.of(part, error(MESSAGE)), listening() as heard:
        async with anna.client(**{"x-request-id": REQUEST_ID}) as client:  # type: ignore[arg-type]  # a header's name is no parameter's
            answer = await client.get(path)

    assert answer.status_code == 500
    assert (answer.headers["x-request-id"], REQUEST_ID in answer.text) == (REQUEST_ID, True)
    for word in (*SECRETS, *INSIDE):
        assert word not in answer.text
    told = [line for line in heard.lines if line["log.level"] == "error"]
    assert len(told) == 1
    assert "Traceback" in heard.text
    assert told[0]["http"]["request"]["id"] == REQUEST_ID
    for secret in SECRETS:
        assert secret not in heard.text


@pytest.mark.parametrize("accept", ["text/html", "application/json", "*/*", "image/png"])
async def test_a_bug_behind_a_form_is_a_page_all_the_same(anna: Site, rig: Rig, estate: Estate, accept: str) -> None:
    stay = await estate.stay()
    headers = {"accept": accept, "cookie": f"__Host-terrace={stay.cookie}", "hx-request": "true"}
    with rig.faults.of("posts", RuntimeError(MESSAGE)), listening():
        async with anna.client() as client:
            fields = {"title": "x", "csrf_token": estate.proof(stay.id)}
            answer = await client.post("/admin/blog", data=fields, headers=headers)
    assert answer.status_code == 500
    assert not [word for word in (*SECRETS, *INSIDE) if word in answer.text]


async def test_a_bug_while_writing_leaves_nothing_behind(anna: Site, rig: Rig, estate: Estate) -> None:
    before, token = await estate.digest(), (await estate.stay(Role.OWNER)).access
    before = await estate.digest()
    with rig.faults.of("posts", RuntimeError(MESSAGE)), listening():
        async with anna.client(token=token) as client:
            answer = await client.post("/api/v1/posts", json={"title": "x"}, headers={"idempotency-key": "a bug"})
    assert answer.status_code == 500
    assert await estate.digest() == before
    async with anna.client(token=token) as client:
        again = await client.post("/api/v1/posts", json={"title": "x"}, headers={"idempotency-key": "a bug"})
    assert again.status_code == 201
