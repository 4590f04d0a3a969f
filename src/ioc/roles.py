from pathlib import Path

from dishka import AnyOf, Provider, Scope, provide, provide_all

import config
from core.granting import Granting
from core.policy import Policies, PolicySource
from core.roles.storage import AskedThings, RoleStorage
from core.roles.use_cases.add_role import AddRole
from core.roles.use_cases.delete_role import DeleteRole
from core.roles.use_cases.edit_permissions import EditPermissions
from core.roles.use_cases.edit_role import EditRole
from core.roles.use_cases.explain_access import ExplainAccess
from core.roles.use_cases.list_roles import ListRoles
from core.roles.use_cases.plant_role import PlantRole
from core.roles.use_cases.preview_permissions import PreviewPermissions
from core.roles.use_cases.show_role import ShowRole
from db.asked_things import SqlAskedThings
from db.roles import SqlRoleStorage
from services.casbin_access import CasbinPolicies

ACCESS_FOLDER = Path(config.__path__[0]) / "access"


class RolesProvider(Provider):
    scope = Scope.REQUEST

    @provide(scope=Scope.APP)
    def policies(self) -> AnyOf[CasbinPolicies, Policies]:
        return CasbinPolicies(ACCESS_FOLDER / "model.conf", ACCESS_FOLDER / "policy.csv")

    roles = provide(SqlRoleStorage, provides=AnyOf[RoleStorage, PolicySource])
    granting = provide(Granting)
    asked_things = provide(SqlAskedThings, provides=AskedThings)
    use_cases = provide_all(
        AddRole,
        DeleteRole,
        EditPermissions,
        EditRole,
        ExplainAccess,
        ListRoles,
        PlantRole,
        PreviewPermissions,
        ShowRole,
    )
