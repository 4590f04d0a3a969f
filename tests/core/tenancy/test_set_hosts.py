import pytest

from core.errors import Forbidden, Unauthenticated
from core.identity import Role
from core.tenancy.entities import Hostname
from core.tenancy.errors import HostTaken, TenantNotFound
from core.tenancy.use_cases.set_hosts import SetHosts
from tests.core.makers import tenant
from tests.core.office import Office

HOSTS = (Hostname("anna.new"), Hostname("anna.example"))


def set_hosts(office: Office) -> SetHosts:
    return SetHosts(access=office.access, registry=office.registry)


async def test_operator_gives_a_site_another_primary_name(office: Office) -> None:
    anna = office.has(tenant())

    changed = await set_hosts(office)("anna", HOSTS)

    assert office.registry.kept == {anna.id: changed}
    assert changed.primary_host == "anna.new"
    assert office.registry.events == [("tenant.hosts", anna.id, {"hosts": "anna.new anna.example"})]


async def test_the_same_names_again_change_nothing(office: Office) -> None:
    anna = office.has(tenant())

    with office.changes_nothing():
        assert await set_hosts(office)("anna", anna.hosts) == anna


async def test_an_unknown_site_is_refused(office: Office) -> None:
    with office.refuses(TenantNotFound):
        await set_hosts(office)("nobody", HOSTS)


async def test_the_hostname_of_another_site_is_refused(office: Office) -> None:
    office.has(tenant())
    office.has(tenant("boris"))

    with office.refuses(HostTaken):
        await set_hosts(office)("anna", (Hostname("boris.example"),))


@pytest.mark.parametrize(("role", "error"), [(Role.OWNER, Forbidden), (Role.VISITOR, Unauthenticated)])
async def test_a_refused_actor_changes_no_name(
    office: Office, role: Role, error: type[Unauthenticated | Forbidden]
) -> None:
    office.has(tenant())
    office.admits(role)

    with office.refuses(error):
        await set_hosts(office)("anna", HOSTS)
