"""What Anna holds is worth nothing at Boris's host, at any route that there is."""

import re
from secrets import token_hex

import httpx
import pytest

from tests.api.house import PASSWORD, House
from tests.api.posts import made_post
from tests.isolation.estate import Estate, Stay
from tests.isolation.factors import ONES_OWN
from tests.isolation.routes import NOTHING, WAYS, Belongings, Way, each, ways_of

API = [way for way in WAYS if way.is_api]
PAGES = [way for way in WAYS if not way.is_api]
FORMS = [way for way in WAYS if way.is_form]
FOREIGN = [way for way in WAYS if way.parameters]
COOKIE, FORM_COOKIE = "terrace", "terrace-form"
_CHANGING = re.compile(r"[0-9a-f]{32}|[\w-]{48}|expires_at.{40}|\"(?:left|resets_in_seconds)\":\d+")
EVERYWHERE = {"date", "x-request-id", "set-cookie", "etag", "content-length", "ratelimit"}


@pytest.fixture(scope="session")
async def her_stay(hers: Estate) -> Stay:
    return await hers.stay(jti="a" * 32)


@pytest.fixture(scope="session")
async def his_stay(his: Estate) -> Stay:
    """The same id as that of her session: only the site tells them apart."""
    return await his.stay(jti="a" * 32)


@pytest.fixture(scope="session")
async def her_things(hers: Estate) -> Belongings:
    return await hers.belongings()


@pytest.fixture(scope="session")
async def his_things(his: Estate) -> Belongings:
    return await his.belongings()


def looks(answer: httpx.Response) -> tuple[int, dict[str, str], str]:
    """An answer without what differs from one request to the next."""
    headers = {name: value for name, value in answer.headers.items() if name not in EVERYWHERE}
    return answer.status_code, headers, _CHANGING.sub("-", answer.text)


async def with_all_keys(estate: Estate, stay: Stay, way: Way, things: Belongings) -> httpx.Response:
    """*way* at *estate* by somebody who may do everything there."""
    headers = {"authorization": f"Bearer {stay.access}"} if way.is_api else {}
    proof = estate.proof(stay.id)
    return await estate.ask(way, things, cookies={COOKIE: stay.cookie}, proof=proof, headers=headers)


def test_the_table_walked_here_is_the_one_that_serves(house: House) -> None:
    assert ways_of(house.app) == WAYS
    assert len(FORMS) > 10


def test_a_new_route_says_what_it_still_needs() -> None:
    with pytest.raises(pytest.fail.Exception, match=r"POST /things/\{thing:str\}: tell SENT"):
        Way("/things/{thing:str}", "POST").sent()
    with pytest.raises(pytest.fail.Exception, match=r"tell Belongings .* \{thing\}"):
        Way("/things/{thing:str}", "GET").path_for(NOTHING)


async def test_each_of_her_keys_opens_her_own_door(hers: Estate, his: Estate, her_stay: Stay, his_stay: Stay) -> None:
    for estate, stay in ((hers, her_stay), (his, his_stay)):
        desk, whoami = Way("/admin", "GET"), Way("/api/v1/whoami", "GET")
        assert (await estate.ask(desk, NOTHING, cookies={COOKIE: stay.cookie})).status_code == 200
        answer = await estate.ask(whoami, NOTHING, headers={"authorization": f"Bearer {stay.access}"})
        assert answer.json()["role"] == "owner"
        preview = Way("/admin/blog/preview", "POST")
        made = await estate.ask(preview, NOTHING, cookies={COOKIE: stay.cookie}, proof=estate.proof(stay.id))
        assert made.status_code == 200


@each(WAYS)
async def test_her_cookie_is_that_of_a_stranger(way: Way, his: Estate, her_stay: Stay, his_stay: Stay) -> None:
    before = await his.digest()
    plain = await his.ask(way, NOTHING)
    tried = await his.ask(way, NOTHING, cookies={COOKIE: her_stay.cookie})

    assert looks(tried) == looks(plain)
    assert tried.status_code != 200 or way.method == "GET"
    assert await his.digest() == before


@each(FORMS)
async def test_her_cookie_with_her_proof_is_refused(way: Way, hers: Estate, his: Estate, her_stay: Stay) -> None:
    before = await his.digest()
    answer = await his.ask(way, NOTHING, cookies={COOKIE: her_stay.cookie}, proof=hers.proof(her_stay.id))

    assert answer.status_code == (401 if way.path.startswith("/admin") else 403)
    assert await his.digest() == before


@each(API)
@pytest.mark.parametrize("kind", ["access", "refresh", "cookie"])
async def test_her_token_is_refused_by_the_api(way: Way, his: Estate, her_stay: Stay, kind: str) -> None:
    before = await his.digest()
    answer = await his.ask(way, NOTHING, headers={"authorization": f"Bearer {getattr(her_stay, kind)}"})

    assert (answer.status_code, answer.json()["code"]) == (401, "session_ended")
    assert await his.digest() == before


@each(API)
async def test_not_even_his_own_cookie_counts_in_the_api(way: Way, his: Estate, his_stay: Stay) -> None:
    before = await his.digest()
    plain, tried = await his.ask(way, NOTHING), await his.ask(way, NOTHING, cookies={COOKIE: his_stay.cookie})

    assert looks(tried) == looks(plain)
    assert await his.digest() == before


@each(API)
@pytest.mark.parametrize("kind", ["refresh", "cookie"])
async def test_his_own_tokens_pass_only_as_what_they_are(way: Way, his: Estate, his_stay: Stay, kind: str) -> None:
    answer = await his.ask(way, NOTHING, headers={"authorization": f"Bearer {getattr(his_stay, kind)}"})

    assert answer.status_code == 401


@each(PAGES)
async def test_no_token_of_the_api_opens_a_page(way: Way, his: Estate, her_stay: Stay, his_stay: Stay) -> None:
    plain = looks(await his.ask(way, NOTHING))
    for stay in (her_stay, his_stay):
        assert looks(await his.ask(way, NOTHING, headers={"authorization": f"Bearer {stay.access}"})) == plain
        for token in (stay.access, stay.refresh):
            assert looks(await his.ask(way, NOTHING, cookies={COOKIE: token})) == plain


@each(FORMS)
async def test_her_proofs_do_not_serve_him(
    way: Way, hers: Estate, his: Estate, her_stay: Stay, his_stay: Stay, his_things: Belongings
) -> None:
    """Made at her site for her session (of the same id as his), and for an anonymous form with its cookie."""
    things, before, form = his_things, await his.digest(), token_hex(16)
    cookies = {COOKIE: his_stay.cookie, FORM_COOKIE: form}
    for proof in (hers.proof(her_stay.id), hers.proof(form), his.proof(form)):
        answer = await his.ask(way, things, cookies=cookies, proof=proof, headers={"origin": his.site.url})
        assert answer.status_code == 403
        header = await his.ask(way, things, cookies=cookies, headers={"x-csrf-token": proof})
        assert header.status_code == 403
    for proof in (hers.proof(form), his.proof(his_stay.id)):
        anonymous = await his.ask(way, things, cookies={FORM_COOKIE: form}, proof=proof)
        assert anonymous.status_code == (401 if way.path.startswith("/admin") else 403)
    assert await his.digest() == before


@each(FOREIGN)
async def test_her_things_are_not_there(way: Way, her_things: Belongings, his: Estate, his_stay: Stay) -> None:
    things, before = her_things, await his.digest()
    answer = await with_all_keys(his, his_stay, way, things)

    assert answer.status_code == 404
    assert "Secret" not in answer.text
    assert things.slug not in answer.text.replace(way.path_for(things), "")
    assert await his.digest() == before


@each(FOREIGN)
async def test_her_things_are_there_at_her_own_host(way: Way, hers: Estate) -> None:
    """Or the test above would be content with any misspelt path."""
    owner = await hers.stay()

    async def ask(things: Belongings) -> httpx.Response:
        stay = await hers.stay_of_holder(things.factor_id) if way.name in ONES_OWN else owner
        return await with_all_keys(hers, stay, way, things)

    answer = await hers.served(ask)

    assert answer.status_code < 400


async def test_equal_slugs_stay_apart(hers: Estate, his: Estate) -> None:
    slug = f"same-{token_hex(4)}"
    for estate in (hers, his):
        await made_post(estate.site, is_public=True, slug=slug, title=f"By {estate.site.tenant.slug}")
    for estate, other in ((hers, "boris"), (his, "anna")):
        async with estate.site.client() as client:
            page = await client.get(f"/blog/{slug}")
            listed = await client.get(f"/api/v1/posts?slug={slug}")
        assert f"By {estate.site.tenant.slug}" in page.text
        assert len(listed.json()["items"]) == 1
        assert f"By {other}" not in page.text + listed.text


async def test_equal_people_stay_apart(hers: Estate, his: Estate) -> None:
    """One person with one password at both sites is two members, and the tokens of each are her own."""
    email = f"{token_hex(4)}@same.example"
    tokens = {}
    for estate in (hers, his):
        await estate.admit(email)
        async with estate.site.client() as client:
            answer = await client.post("/api/v1/sessions", json={"email": email, "password": PASSWORD})
        tokens[estate.site.tenant.slug] = answer.json()
    for estate, slug, status in ((hers, "anna", 200), (his, "boris", 200), (hers, "boris", 401), (his, "anna", 401)):
        async with estate.site.client(token=tokens[slug]["access_token"]) as client:
            assert (await client.get("/api/v1/whoami")).status_code == status
        async with estate.site.client() as client:
            wanted = {"refresh_token": tokens[slug]["refresh_token"]}
            assert (await client.post("/api/v1/sessions/refresh", json=wanted)).status_code == status


async def test_what_names_her_picture_shows_nothing_of_hers(his: Estate, her_things: Belongings) -> None:
    key = her_things.key
    post = await made_post(his.site, is_public=True, cover=key, body=f"![x](/media/{key})")
    async with his.site.client() as client:
        page = await client.get(f"/blog/{post.shown['slug']}")
        picture = await client.get(f"/media/{key}")
    assert set(re.findall(rf'src="([^"]*{key})"', page.text)) == {f"/media/{key}"}
    assert picture.status_code == 404
    assert "image" not in picture.headers["content-type"]
