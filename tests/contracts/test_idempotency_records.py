from dataclasses import replace
from datetime import timedelta

from core.idempotency import KEPT_FOR, Answer, Attempt, KeptAnswer
from tests.contracts.conftest import Site

ATTEMPT = Attempt(key="k1", actor="user:u1", fingerprint="f1")
ANSWER = Answer(status=201, headers=(("Location", "/api/v1/posts/1"), ("ETag", '"1"')), body=b'{"id":"\x001"}')


async def answer_once(site: Site) -> None:
    async with site.open() as storages:
        assert await storages.records.claim(ATTEMPT, now=site.clock.now()) is None
        await storages.records.keep(ATTEMPT, ANSWER)
        await storages.transaction.commit()


async def test_the_second_time_gets_the_first_answer(tenant_site: Site) -> None:
    await answer_once(tenant_site)

    async with tenant_site.open() as storages:
        kept = await storages.records.claim(replace(ATTEMPT, fingerprint="f2"), now=tenant_site.clock.now())

    assert kept == KeptAnswer(fingerprint="f1", answer=ANSWER)


async def test_keys_of_others_are_apart(tenant_site: Site) -> None:
    await answer_once(tenant_site)

    async with tenant_site.open() as storages:
        now = tenant_site.clock.now()
        assert await storages.records.claim(replace(ATTEMPT, actor="user:u2"), now=now) is None
        assert await storages.records.claim(replace(ATTEMPT, key="k2"), now=now) is None


async def test_an_answer_is_kept_for_a_day(tenant_site: Site) -> None:
    await answer_once(tenant_site)

    tenant_site.clock.pass_(seconds=(KEPT_FOR - timedelta(seconds=1)).total_seconds())
    async with tenant_site.open() as storages:
        assert await storages.records.claim(ATTEMPT, now=tenant_site.clock.now()) is not None
    tenant_site.clock.pass_(seconds=1)
    async with tenant_site.open() as storages:
        assert await storages.records.claim(ATTEMPT, now=tenant_site.clock.now()) is None


async def test_a_claim_without_an_answer_is_forgotten(tenant_site: Site) -> None:
    async with tenant_site.open() as storages:
        assert await storages.records.claim(ATTEMPT, now=tenant_site.clock.now()) is None
    async with tenant_site.open() as storages:
        assert await storages.records.claim(ATTEMPT, now=tenant_site.clock.now()) is None
