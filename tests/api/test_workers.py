"""What is changed at one worker holds at all of them."""

import asyncio
from dataclasses import replace

from core.identity import Role
from tests.api.house import House, Site, serving_worker

PATIENCE = 60.0
"""Seconds until a test gives up; it ends as soon as what it waits for is there."""
PERMISSIONS = "/api/v1/roles/viewer/permissions"
ASKED = {"action": "media.upload"}


async def may_upload(site: Site) -> bool:
    """Whether its viewer may, as this worker decides."""
    async with site.client(Role.VIEWER) as viewer:
        answer = await viewer.get("/api/v1/access/explanations", params=ASKED)
    assert answer.status_code == 200, answer.text
    return bool(answer.json()["is_allowed"])


async def permit(site: Site, scope: str | None) -> None:
    async with site.client(Role.OWNER, **{"if-match": "*"}) as owner:
        changed = await owner.patch(PERMISSIONS, json={"permissions": {"media.upload": scope}})
    assert changed.status_code == 200, changed.text


async def all_say(sites: tuple[Site, Site], *, allowed: bool) -> None:
    async with asyncio.timeout(PATIENCE):
        while [await may_upload(site) for site in sites] != [allowed] * len(sites):
            pass


async def test_a_right_given_at_one_worker_is_had_at_the_other_and_taken_at_the_other_is_gone_here(
    house: House,
) -> None:
    here = house.anna
    async with serving_worker(house.settings) as (app, _):
        there = replace(here, app=app)
        try:
            await all_say((here, there), allowed=False)
            await permit(here, "any")
            await all_say((here, there), allowed=True)
        finally:
            await permit(there, None)
        await all_say((here, there), allowed=False)
        counted = [await may_upload(site) for site in (here, there) for _ in range(3)]

    assert counted == [False] * 6
