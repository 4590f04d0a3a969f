import pytest

from core.errors import Forbidden, Unauthenticated
from core.identity import Role
from core.tenancy.entities import TenantState
from core.tenancy.use_cases.list_tenants import ListTenants
from tests.core.makers import tenant
from tests.core.office import Office


def listed(office: Office) -> ListTenants:
    return ListTenants(access=office.access, registry=office.registry)


async def test_operator_sees_all_sites_whatever_their_state(office: Office) -> None:
    boris = office.has(tenant("boris", state=TenantState.SUSPENDED))
    anna = office.has(tenant("anna"))

    assert list(await listed(office)()) == [anna, boris]


@pytest.mark.parametrize(("role", "error"), [(Role.OWNER, Forbidden), (Role.VISITOR, Unauthenticated)])
async def test_a_refused_actor_sees_no_site(
    office: Office, role: Role, error: type[Unauthenticated | Forbidden]
) -> None:
    office.has(tenant())
    office.admits(role)

    with office.refuses(error):
        await listed(office)()
