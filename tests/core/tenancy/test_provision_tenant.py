from dataclasses import replace

import pytest

from core.errors import Forbidden, Invalid, Unauthenticated
from core.identity import Role
from core.tenancy.entities import SiteCode, TenantState
from core.tenancy.errors import HostTaken, SlugInUse
from core.tenancy.use_cases.provision_tenant import ProvisionedTenant, ProvisionTenant
from tests.core.fakes.interruptions import Interruptions, Killed
from tests.core.makers import site_code, tenant
from tests.core.office import Office

NEVER = -1
STEPS = [
    "find",
    "add",
    "create",
    "create",
    "has_bucket_key",
    "issue",
    "keep_bucket_key",
    "render",
    "plant",
    "activate",
]


def provision(office: Office, interruptions: Interruptions | None = None) -> ProvisionTenant:
    watches = (interruptions or Interruptions(NEVER)).watches
    return ProvisionTenant(
        access=office.access,
        registry=watches(office.registry),
        schemas=watches(office.schemas),
        buckets=watches(office.buckets),
        keys=watches(office.keys),
        seeds=watches(office.seeds),
        markdown=watches(office.markdown),
        clock=office.clock,
        prefix="terrace",
    )


def assert_whole(office: Office, made: ProvisionedTenant, code: SiteCode) -> None:
    """There is one site, and everything that belongs to it."""
    (kept,) = office.registry.kept.values()
    assert (kept.id, kept.slug, kept.hosts, kept.state) == (made.tenant.id, code.slug, code.hosts, TenantState.ACTIVE)
    assert kept.schema_version == office.schemas.head
    assert office.schemas.created == [kept.schema]
    assert office.buckets.kept == {kept.bucket}
    assert office.key_of(kept) == office.keys.current[kept.bucket]
    assert office.seeds.planted == {code.slug: code}
    assert office.registry.events == [("tenant.create", kept.id, {"slug": code.slug})]


async def test_operator_makes_a_whole_site(office: Office) -> None:
    code = site_code()

    made = await provision(office)(code)

    assert_whole(office, made, code)
    assert made.is_new
    assert made.tenant.state is TenantState.ACTIVE
    assert made.invitation.email == code.owner_email
    assert made.invitation.token is not None
    assert office.seeds.about_html == {"anna": "<p>Hello</p>"}
    assert min(made.took.schema, made.took.storage, made.took.rest) >= 0


async def test_making_a_site_takes_these_steps(office: Office) -> None:
    interruptions = Interruptions(NEVER)

    await provision(office, interruptions)(site_code())

    assert interruptions.steps == STEPS


@pytest.mark.parametrize(
    "last", range(1, len(STEPS)), ids=[f"after {number} {step}" for number, step in enumerate(STEPS[:-1], 1)]
)
async def test_what_was_killed_after_any_step_the_same_call_finishes(office: Office, last: int) -> None:
    with pytest.raises(Killed):
        await provision(office, Interruptions(last))(site_code())

    made = await provision(office)(site_code())

    assert made.is_new
    assert_whole(office, made, site_code())


@pytest.mark.parametrize("last", range(1, len(STEPS) - 3))
async def test_what_was_killed_twice_is_finished_too(office: Office, last: int) -> None:
    for _ in range(2):
        with pytest.raises(Killed):
            await provision(office, Interruptions(last))(site_code())

    assert_whole(office, await provision(office)(site_code()), site_code())


async def test_what_was_killed_at_the_very_end_is_there(office: Office) -> None:
    with pytest.raises(Killed):
        await provision(office, Interruptions(len(STEPS)))(site_code())

    made = await provision(office)(site_code(), if_not_exists=True)

    assert not made.is_new
    assert_whole(office, made, site_code())


async def test_what_is_half_made_takes_the_hosts_of_the_call_that_finishes_it(office: Office) -> None:
    with pytest.raises(Killed):
        await provision(office, Interruptions(2))(site_code(hosts=("anna.exmaple",)))

    made = await provision(office)(site_code())

    (kept,) = office.registry.kept.values()
    assert kept.hosts == made.tenant.hosts == site_code().hosts


async def test_a_key_once_kept_is_not_issued_again(office: Office) -> None:
    with pytest.raises(Killed):
        await provision(office, Interruptions(STEPS.index("keep_bucket_key") + 1))(site_code())

    await provision(office)(site_code())

    assert office.keys.issued == 1


async def test_what_exists_is_left_as_it_is_when_told_so(office: Office) -> None:
    made = await provision(office)(site_code())

    with office.changes_nothing():
        again = await provision(office)(site_code(title="Another"), if_not_exists=True)
    assert (again.is_new, again.tenant.id) == (False, made.tenant.id)
    assert (again.took.schema, again.took.storage) == (0, 0)


async def test_an_owner_who_accepted_is_not_invited_again(office: Office) -> None:
    await provision(office)(site_code())
    office.seeds.accepted.add("anna")

    assert (await provision(office)(site_code(), if_not_exists=True)).invitation.token is None


async def test_a_suspended_site_is_not_woken(office: Office) -> None:
    office.has(tenant(state=TenantState.SUSPENDED), site_code())

    with office.changes_nothing():
        made = await provision(office)(site_code(), if_not_exists=True)
    assert made.tenant.state is TenantState.SUSPENDED


@pytest.mark.parametrize("state", [TenantState.ACTIVE, TenantState.SUSPENDED])
async def test_a_second_site_of_the_same_name_is_refused(office: Office, state: TenantState) -> None:
    office.has(tenant(state=state))

    with office.refuses(SlugInUse):
        await provision(office)(site_code())


async def test_the_hostname_of_another_site_is_refused(office: Office) -> None:
    office.has(tenant("boris"))

    with office.refuses(HostTaken):
        await provision(office)(site_code(hosts=("boris.example",)))


@pytest.mark.parametrize("slug", ["", "Anna", "anna.b"])
async def test_an_unusable_name_is_refused(office: Office, slug: str) -> None:
    with office.refuses(Invalid):
        await provision(office)(replace(site_code(), slug=slug))


async def test_a_refused_owner_makes_no_site(office: Office) -> None:
    office.admits(Role.OWNER)

    with office.refuses(Forbidden):
        await provision(office)(site_code())


async def test_a_refused_visitor_makes_no_site(office: Office) -> None:
    office.admits(Role.VISITOR)

    with office.refuses(Unauthenticated):
        await provision(office)(site_code())
