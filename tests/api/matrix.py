"""The matrix as programs keep it."""

from __future__ import annotations

from dataclasses import dataclass
from secrets import token_hex
from typing import Any

from core.identity import Role
from core.site.entities import SECTIONS
from tests.api.house import Site

MATRIX = "/api/v1/matrix"
SHEETS, QUESTIONS, RESOURCES, SUGGESTIONS = (
    f"{MATRIX}/{name}" for name in ("sheets", "questions", "resources", "suggestions")
)
ANY = {"if-match": "*"}
WHOLE: dict[str, Any] = {"answer": "Some **answer**.", "expectation": "The point.", "grade": "senior"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """A sheet with the sections One (First, Second) and Two (Third), and its ETag."""

    shown: dict[str, Any]
    tag: str

    @property
    def path(self) -> str:
        return f"{SHEETS}/{self.shown['id']}"

    def section(self, number: int) -> str:
        found: str = self.shown["sections"][number]["id"]
        return found

    def place(self, name: str) -> str:
        within = [one for section in self.shown["sections"] for one in section["subsections"]]
        return next(str(one["id"]) for one in within if one["name"] == name)


async def made_ground(site: Site, *, name: str = "Databases") -> Ground:
    async with site.client(Role.OWNER) as owner:
        # Tests of the settings share the site, and may have closed the section.
        opened = await owner.patch("/api/v1/site", headers={"if-match": "*"}, json={"sections": list(SECTIONS)})
        assert opened.status_code == 200
    async with site.client(Role.EDITOR) as client:
        made = await client.post(SHEETS, json={"name": name, "key": f"sheet-{token_hex(4)}"})
        assert made.status_code == 201, made.text
        path = made.headers["location"]
        for section, subsections in {"One": ("First", "Second"), "Two": ("Third",)}.items():
            made = await client.post(f"{path}/sections", json={"name": section})
            within = f"{path}/sections/{made.json()['sections'][-1]['id']}/subsections"
            for subsection in subsections:
                made = await client.post(within, json={"name": subsection})
                assert made.status_code == 201, made.text
    return Ground(shown=made.json(), tag=made.headers["etag"])


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A question as it was answered with, and its ETag."""

    id: str
    tag: str
    shown: dict[str, Any]

    @property
    def path(self) -> str:
        return f"{QUESTIONS}/{self.id}"


async def made_question(
    site: Site, ground: Ground, *, by: Role = Role.OWNER, place: str = "First", is_public: bool = False, **fields: Any
) -> Asked:
    fields = {"question": f"What is {token_hex(4)}?", "subsection_id": ground.place(place), **fields}
    async with site.client(by) as client:
        answer = await client.post(QUESTIONS, json=fields)
        assert answer.status_code == 201, answer.text
        if is_public:
            publication = f"{answer.headers['location']}/publication"
            answer = await client.put(publication, headers={"if-match": answer.headers["etag"]})
            assert answer.status_code == 200, answer.text
    shown = answer.json()
    return Asked(id=shown["id"], tag=answer.headers["etag"], shown=shown)
