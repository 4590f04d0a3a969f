"""Archives of other sites, and the runner that works through them, for tests of API and desk."""

import io
import zipfile

from core.identity import Role
from entrypoints.runner.running import Runner
from ioc.runner_at_hand import runner_container
from tests.api.house import House, Site

IMPORTS = "/api/v1/imports"
OPEN = ("checking", "ready", "running")


def archive(*names: str, extra: str = "") -> bytes:
    """A zip with a post of each name, one thing that is none, and *extra* in each text."""
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w") as zipped:
        for name in names:
            text = f"---\ntitle: {name.title()}\ndate: 2024-05-01\nslug: {name}\n---\nWords of {name}. {extra}\n"
            zipped.writestr(f"blog/{name}.md", text)
        zipped.writestr("blog/other.rst", "Title\n=====\n")
    return kept.getvalue()


async def let_runner_work(house: House) -> None:
    """Everything that is due at all sites of the house."""
    container = runner_container(house.settings)
    try:
        await (await container.get(Runner)).run_due()
    finally:
        await container.close()


async def cancel_open(site: Site) -> None:
    """Of open imports a site has one at a time: whoever comes next begins without one."""
    async with site.client(Role.OWNER) as client:
        for one in (await client.get(IMPORTS)).json()["items"]:
            if one["state"] in OPEN:
                assert (await client.delete(f"{IMPORTS}/{one['id']}")).status_code == 204
