"""Every form of the route table, sent from where it should not come."""

from secrets import token_hex

import httpx
import pytest

from core.identity import Role
from tests.isolation.estate import Estate, Stay
from tests.isolation.factors import NEEDS_A_DEVICE, ONES_OWN
from tests.isolation.people import ENDS_STAYS
from tests.isolation.routes import WAYS, Belongings, Way, each

SESSION, FORM = "__Host-terrace", "__Host-terrace-form"
FORMS = [way for way in WAYS if way.is_form]
READING = [way for way in WAYS if way.method == "GET"]
OWN = "https://anna.example"
FOREIGN = [
    {"origin": "https://evil.example"},
    {"origin": "null"},
    {"origin": ""},
    {"origin": "http://anna.example"},
    {"origin": "https://anna.example:8443"},
    {"origin": "https://anna.example.evil.example"},
    {"origin": "https://boris.example"},
    {"origin": "https://www.anna.example"},
    {"sec-fetch-site": "same-site"},
    {"sec-fetch-site": "cross-site"},
    {"sec-fetch-site": ""},
    {"origin": OWN, "sec-fetch-site": "cross-site"},
    {"origin": "https://evil.example", "sec-fetch-site": "same-origin"},
    {"hx-request": "true", "origin": "https://evil.example"},
]
OURS = [
    {},
    {"origin": OWN},
    {"sec-fetch-site": "same-origin"},
    {"sec-fetch-site": "none"},
    {"origin": OWN, "sec-fetch-site": "same-origin"},
]


@pytest.fixture(scope="session")
async def stay(estate: Estate) -> Stay:
    return await estate.stay()


def who(way: Way, estate: Estate, stay: Stay) -> tuple[dict[str, str], str]:
    """Cookies and proof of whoever fills in this form: a stranger at the door, the owner everywhere else."""
    if way.path.startswith(("/login", "/invitations")):
        form = token_hex(16)
        return {FORM: form}, estate.proof(form)
    return {SESSION: stay.cookie}, estate.proof(stay.id)


@each(FORMS)
async def test_a_good_proof_from_elsewhere_is_refused(way: Way, estate: Estate, stay: Stay, things: Belongings) -> None:
    cookies, proof = who(way, estate, stay)
    before = await estate.digest()
    for headers in FOREIGN:
        answer = await estate.ask(way, things, cookies=cookies, proof=proof, headers=headers)
        assert (answer.status_code, headers) == (403, headers)
        assert SESSION not in answer.headers.get("set-cookie", "")
    assert await estate.digest() == before


@each(FORMS)
async def test_without_a_good_proof_even_our_own_page_is_refused(
    way: Way, estate: Estate, stay: Stay, things: Belongings
) -> None:
    cookies, proof = who(way, estate, stay)
    before = await estate.digest()
    damaged = proof[:-1] + ("A" if proof[-1] != "A" else "B")
    for wrong in ("", "x", damaged, proof[:-1], f"{proof}A", estate.proof(""), estate.proof("another"), "é" * 48):
        for headers in ({}, {"origin": OWN, "sec-fetch-site": "same-origin"}, {"hx-request": "true"}):
            answer = await estate.ask(way, things, cookies=cookies, proof=wrong, headers=headers)
            assert (answer.status_code, wrong, headers) == (403, wrong, headers)
    for headers in ({"x-csrf-token": damaged}, {"x-csrf-token": "x", "hx-request": "true"}):
        answer = await estate.ask(way, things, cookies=cookies, proof=proof, headers=headers)
        assert answer.status_code == 403
    assert await estate.digest() == before


@each(FORMS)
async def test_a_proof_without_the_cookie_that_it_belongs_to_is_refused(
    way: Way, estate: Estate, stay: Stay, things: Belongings
) -> None:
    _, proof = who(way, estate, stay)
    before = await estate.digest()
    for cookies in ({}, {FORM: token_hex(16)}, {FORM: "not one of ours"}):
        answer = await estate.ask(way, things, cookies=cookies, proof=proof)
        assert answer.status_code == (401 if way.path.startswith("/admin") else 403)
    assert await estate.digest() == before


@pytest.mark.parametrize("sign", OURS)
async def test_each_harmless_sign_is_harmless(
    estate: Estate, stay: Stay, things: Belongings, sign: dict[str, str]
) -> None:
    preview = Way("/admin/blog/preview", "POST")
    answer = await estate.ask(
        preview, things, cookies={SESSION: stay.cookie}, proof=estate.proof(stay.id), headers=sign
    )
    assert answer.status_code == 200


@each(READING)
async def test_reading_changes_nothing(way: Way, estate: Estate, stay: Stay, things: Belongings) -> None:
    before = await estate.digest()
    keys = {"authorization": f"Bearer {stay.access}"}
    answer = await estate.ask(way, things, cookies={SESSION: stay.cookie}, headers=keys)
    head = await estate.ask(Way(way.path, "HEAD"), things, cookies={SESSION: stay.cookie}, headers=keys)

    assert answer.status_code == head.status_code < 400
    assert head.content == b""
    assert await estate.digest() == before


@each(FORMS)
async def test_a_form_is_no_link(way: Way, estate: Estate, stay: Stay, things: Belongings) -> None:
    """What a form does, its address alone does not, whatever its query says."""
    before = await estate.digest()
    cookies, proof = who(way, estate, stay)
    async with estate.site.client() as client:
        headers = {"cookie": "; ".join(f"{name}={value}" for name, value in cookies.items())}
        path = f"{way.path_for(things)}?csrf_token={proof}&_method=POST"
        await client.get(path, headers=headers)
        answer = await client.post(path, headers=headers)
    assert answer.status_code == 403
    assert await estate.digest() == before


async def test_the_api_asks_for_no_proof_and_believes_no_cookie(estate: Estate, stay: Stay) -> None:
    async with estate.site.client(token=stay.access, origin="https://evil.example") as program:
        assert (await program.post("/api/v1/posts", json={"title": "From afar"})).status_code == 201
    async with estate.site.client(cookie=f"{SESSION}={stay.cookie}", origin=OWN) as browser:
        headers = {"x-csrf-token": estate.proof(stay.id)}
        assert (await browser.post("/api/v1/posts", json={"title": "x"}, headers=headers)).status_code == 401


async def test_no_answer_of_the_api_invites_other_origins(estate: Estate) -> None:
    async with estate.site.client(Role.OWNER, origin="https://evil.example") as client:
        asked = {"access-control-request-method": "POST", "access-control-request-headers": "authorization"}
        for answer in (
            await client.get("/api/v1/posts"),
            await client.options("/api/v1/posts", headers=asked),
            await client.get("/"),
        ):
            assert not [name for name in answer.headers if name.startswith("access-control")]


@each(FORMS)
@pytest.mark.parametrize("is_header", [False, True], ids=["field", "header"])
async def test_our_own_page_is_believed(way: Way, estate: Estate, is_header: bool) -> None:
    """Behind all the others, since it works, and so uses things up; which of the harmless signs come along does not
    matter."""
    await estate.site.forgive()
    sign = OURS[FORMS.index(way) % len(OURS)]
    role = Role.VIEWER if way.name in ENDS_STAYS else Role.OWNER
    ours = who(way, estate, await estate.stay(role))

    async def ask(things: Belongings) -> httpx.Response:
        is_own = way.name in ONES_OWN
        cookies, proof = who(way, estate, await estate.stay_of_holder(things.factor_id)) if is_own else ours
        if way.path == "/admin/import":
            await estate.close_import(things.import_id)
        if is_header:
            return await estate.ask(way, things, cookies=cookies, headers={**sign, "x-csrf-token": proof})
        return await estate.ask(way, things, cookies=cookies, proof=proof, headers=sign)

    answer = await estate.served(ask)
    assert answer.status_code < 400 or (answer.status_code in (409, 422) and way.name in NEEDS_A_DEVICE), answer.text
