import pytest

from core.errors import Forbidden, Unauthenticated
from core.identity import Role
from core.tenancy.errors import TenantNotFound
from core.tenancy.use_cases.show_tenant import ShowTenant
from tests.core.makers import tenant
from tests.core.office import Office


def show(office: Office) -> ShowTenant:
    return ShowTenant(access=office.access, registry=office.registry)


async def test_operator_sees_one_site(office: Office) -> None:
    anna = office.has(tenant())
    office.has(tenant("boris"))

    assert await show(office)("anna") == anna


async def test_an_unknown_site_is_refused_by_name(office: Office) -> None:
    with office.refuses(TenantNotFound):
        await show(office)("nobody")


@pytest.mark.parametrize(("role", "error"), [(Role.OWNER, Forbidden), (Role.VISITOR, Unauthenticated)])
async def test_a_refused_actor_sees_no_site(
    office: Office, role: Role, error: type[Unauthenticated | Forbidden]
) -> None:
    office.has(tenant())
    office.admits(role)

    with office.refuses(error):
        await show(office)("anna")
