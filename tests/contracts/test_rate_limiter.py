import pytest

from core.errors import TooMany
from core.limits import Limit
from tests.contracts.conftest import Site

THREE = Limit(name="sign_in", times=3, seconds=60)


async def is_allowed(site: Site, limit: Limit = THREE, subject: str = "anna") -> bool:
    try:
        await site.limiter.hit(limit, subject)
    except TooMany:
        return False
    return True


async def test_so_many_times_and_not_once_more(tenant_site: Site) -> None:
    assert [await is_allowed(tenant_site) for _ in range(5)] == [True, True, True, False, False]


async def test_the_window_slides(tenant_site: Site) -> None:
    for _ in range(3):
        assert await is_allowed(tenant_site)
        tenant_site.clock.pass_(seconds=20)

    assert await is_allowed(tenant_site)
    assert not await is_allowed(tenant_site)
    tenant_site.clock.pass_(seconds=20)
    assert await is_allowed(tenant_site)


async def test_the_refusal_says_when_to_come_back(tenant_site: Site) -> None:
    for seconds in (0, 10, 10):
        tenant_site.clock.pass_(seconds=seconds)
        await tenant_site.limiter.hit(THREE, "anna")

    with pytest.raises(TooMany) as refused:
        await tenant_site.limiter.hit(THREE, "anna")

    assert refused.value.retry_after == 40
    tenant_site.clock.pass_(seconds=40)
    assert await is_allowed(tenant_site)


async def test_refused_tries_do_not_prolong(tenant_site: Site) -> None:
    for _ in range(3):
        await is_allowed(tenant_site)
    tenant_site.clock.pass_(seconds=59)
    assert not await is_allowed(tenant_site)
    tenant_site.clock.pass_(seconds=1)

    assert await is_allowed(tenant_site)


async def test_limits_and_subjects_are_counted_apart(tenant_site: Site) -> None:
    once = Limit(name="once", times=1, seconds=60)
    other = Limit(name="other", times=1, seconds=60)

    assert await is_allowed(tenant_site, once, "anna")
    assert await is_allowed(tenant_site, once, "boris")
    assert await is_allowed(tenant_site, other, "anna")
    assert not await is_allowed(tenant_site, once, "anna")


@pytest.mark.parametrize("subject", ["a\x00b", "\udcff", "x" * 100_000])
async def test_any_subject_can_be_counted(tenant_site: Site, subject: str) -> None:
    once = Limit(name="once", times=1, seconds=60)

    assert await is_allowed(tenant_site, once, subject)
    assert not await is_allowed(tenant_site, once, subject)
