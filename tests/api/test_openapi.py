import json
from typing import Any

import pytest
from litestar.routes import HTTPRoute
from openapi_spec_validator import OpenAPIV31SpecValidator
from pydantic import BaseModel
from selectolax.lexbor import LexborHTMLParser

from core.identity import Role
from entrypoints.api.openapi import routed_operations
from tests.api.house import House, Site

OPENAPI = "/api/v1/openapi.json"


async def document_of(site: Site) -> dict[str, Any]:
    async with site.client() as client:
        answer = await client.get(OPENAPI)
    assert answer.status_code == 200
    document: dict[str, Any] = answer.json()
    return document


async def test_the_document_is_openapi_3_1(anna: Site) -> None:
    document = await document_of(anna)

    OpenAPIV31SpecValidator(document).validate()
    assert document["openapi"].startswith("3.1")
    assert document["servers"] == [{"url": anna.url}]


async def test_every_route_of_the_table_is_told(house: House) -> None:
    document = await document_of(house.anna)
    routes = {
        (route.path_format, method.lower())
        for route in house.app.routes
        if isinstance(route, HTTPRoute) and route.path.startswith("/api/v1")
        for method in route.methods
        if method not in ("OPTIONS", "HEAD")
    }

    assert {(path, method) for path, methods in document["paths"].items() for method in methods} == routes


async def test_each_operation_says_what_it_does_in_the_words_of_its_use_case(house: House) -> None:
    document = await document_of(house.anna)

    for each in routed_operations(house.app):
        told = document["paths"][each.path][each.method]
        words = " ".join((each.operation.use_case.__doc__ or "").split())
        assert words
        assert words in " ".join(told["description"].split())
        assert told["summary"]


async def test_examples_are_what_the_api_takes_and_gives(house: House) -> None:
    models: set[type[BaseModel]] = set()
    for each in routed_operations(house.app):
        models |= {model for model in (each.operation.body, each.operation.shows) if model is not None}

    checked = 0
    for model in models:
        extra = model.model_config.get("json_schema_extra")
        examples = extra.get("examples", []) if isinstance(extra, dict) else []
        for example in examples if isinstance(examples, list) else []:
            model.model_validate_json(json.dumps(example))
            checked += 1
    assert checked >= 12


async def test_answers_have_the_shape_that_is_told(anna: Site) -> None:
    document = await document_of(anna)
    schemas = document["components"]["schemas"]

    async with anna.client(Role.OWNER) as client:
        post = (await client.post("/api/v1/posts", json={"title": "Shape"})).json()
        site = (await client.get("/api/v1/site")).json()
        whoami = (await client.get("/api/v1/whoami")).json()
        problem = (await client.post("/api/v1/posts", json={"title": 1})).json()

    for shown, name in ((post, "PostShown"), (site, "SiteShown"), (whoami, "WhoamiShown"), (problem, "ProblemShown")):
        assert set(schemas[name]["required"]) <= set(shown) <= set(schemas[name]["properties"])


async def test_the_document_is_not_sent_twice(anna: Site) -> None:
    async with anna.client() as client:
        first = await client.get(OPENAPI)
        second = await client.get(OPENAPI, headers={"if-none-match": first.headers["etag"]})

    assert second.status_code == 304


async def test_the_page_is_not_sent_twice_either_and_follows_the_settings(anna: Site) -> None:
    async with anna.client(Role.OWNER, **{"if-match": "*"}) as client:
        first = await client.get("/api/docs")
        again = await client.get("/api/docs", headers={"if-none-match": first.headers["etag"]})
        title = (await client.get("/api/v1/site")).json()["title"]
        await client.patch("/api/v1/site", json={"title": "Renamed for a moment"})
        renamed = await client.get("/api/docs", headers={"if-none-match": first.headers["etag"]})
        await client.patch("/api/v1/site", json={"title": title})

    assert (again.status_code, again.content) == (304, b"")
    assert (renamed.status_code, "Renamed for a moment" in renamed.text) == (200, True)


async def test_long_answers_are_packed_for_those_who_can_unpack(anna: Site) -> None:
    async with anna.client() as client:
        packed = await client.get(OPENAPI)
        plain = await client.get(OPENAPI, headers={"accept-encoding": "identity"})
        short = await client.get("/api/v1/whoami")

    assert packed.headers["content-encoding"] == "gzip"
    assert int(packed.headers["content-length"]) * 4 < int(plain.headers["content-length"])
    assert packed.json() == plain.json()
    assert packed.headers["etag"] == f'{plain.headers["etag"][:-1]}-gzip"'
    assert packed.headers["vary"] == plain.headers["vary"] == "Accept-Encoding, Authorization"
    assert "content-encoding" not in plain.headers
    assert "content-encoding" not in short.headers


@pytest.mark.parametrize("language", ["en", "ru"])
async def test_the_page_shows_every_operation_and_loads_nothing_from_elsewhere(house: House, language: str) -> None:
    async with house.anna.client() as client:
        answer = await client.get("/api/docs", headers={"accept-language": language})
        page = LexborHTMLParser(answer.text)
        loaded = [node.attributes.get("href") or "" for node in page.css("link")]
        loaded += [node.attributes.get("src") or "" for node in page.css("script[src], img")]
        statuses = {address: (await client.get(address)).status_code for address in loaded}

    assert answer.status_code == 200
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert [node.attributes["lang"] for node in page.css("html")] == [language]
    assert statuses
    assert set(statuses.values()) == {200}
    assert all(address.startswith("/") for address in statuses)
    assert not page.css("[style], style, [onclick]")
    ids = [node.attributes["id"] for node in page.css("[id]")]
    assert len(ids) == len(set(ids))
    assert {each.handler.fn.__name__ for each in routed_operations(house.app)} <= set(ids)


async def test_the_type_of_a_problem_leads_to_its_explanation(anna: Site) -> None:
    async with anna.client() as client:
        kind = (await client.get("/api/v1/posts/nothing")).json()["type"]
        page = LexborHTMLParser((await client.get("/api/docs")).text)

    address, _, anchor = kind.partition("#")
    assert address == f"{anna.url}/api/docs"
    assert page.css_first(f"#{anchor}") is not None
