import pytest

from core.errors import Forbidden, Unauthenticated
from core.identity import Role
from core.tenancy.entities import TenantState
from core.tenancy.use_cases.plan_site import PlanSite, SiteChange
from tests.core.makers import site_code, tenant
from tests.core.office import Office


def plan(office: Office) -> PlanSite:
    return PlanSite(access=office.access, registry=office.registry, seeds=office.seeds)


async def test_a_site_that_does_not_exist_will_be_made(office: Office) -> None:
    with office.changes_nothing():
        planned = await plan(office)(site_code())

    assert (planned.slug, planned.change) == ("anna", SiteChange.CREATE)
    assert (planned.hosts_before, planned.hosts_after) == ((), ("anna.example",))


async def test_a_site_that_was_left_half_made_will_be_finished(office: Office) -> None:
    office.has(tenant(state=TenantState.PROVISIONING, schema_version=None))

    assert (await plan(office)(site_code())).change is SiteChange.FINISH


async def test_nothing_will_be_done_where_nothing_changed(office: Office) -> None:
    office.has(tenant(), site_code())

    planned = await plan(office)(site_code())

    assert (planned.change, planned.drift) == (SiteChange.NONE, [])


async def test_other_hosts_will_be_set(office: Office) -> None:
    office.has(tenant(), site_code())

    planned = await plan(office)(site_code(hosts=("anna.new",)))

    assert planned.change is SiteChange.CHANGE_HOSTS
    assert (planned.hosts_before, planned.hosts_after) == (("anna.example",), ("anna.new",))


async def test_what_the_owner_changed_is_shown_and_left(office: Office) -> None:
    office.has(tenant(), site_code(title="Anna writes"))

    planned = await plan(office)(site_code())

    assert (planned.change, planned.drift) == (SiteChange.NONE, ["title"])


@pytest.mark.parametrize(("role", "error"), [(Role.OWNER, Forbidden), (Role.VISITOR, Unauthenticated)])
async def test_a_refused_actor_plans_nothing(
    office: Office, role: Role, error: type[Unauthenticated | Forbidden]
) -> None:
    office.admits(role)

    with office.refuses(error):
        await plan(office)(site_code())
