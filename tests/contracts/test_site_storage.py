from dataclasses import replace

import pytest

from core.errors import StaleVersion
from core.links import Link
from tests.contracts.conftest import Site, Storages


async def test_settings_come_back_as_they_went(storages: Storages) -> None:
    settings = await storages.site.get()
    wanted = replace(
        settings,
        title="Анна",
        menu=(Link(label="Blog", url="/blog"), Link(label="Обо мне", url="/about")),
        ways=(Link(label="Mail", url="mailto:a@b.c"),),
        sections=(),
        picture="p.webp",
        picture_alt="Me",
        about="**I**",
        about_html="<p>I</p>",
    )

    saved = await storages.site.save(wanted)
    await storages.transaction.commit()

    assert saved == replace(wanted, version=settings.version + 1)
    assert await storages.site.get() == saved


async def test_a_stale_save_is_refused(tenant_site: Site) -> None:
    async with tenant_site.open() as first:
        settings = await first.site.get()
        await first.site.save(replace(settings, title="First"))
        await first.transaction.commit()
    async with tenant_site.open() as second:
        with pytest.raises(StaleVersion) as stale:
            await second.site.save(replace(settings, title="Second"))
        assert stale.value.current == settings.version + 1
        assert (await second.site.get()).title == "First"
