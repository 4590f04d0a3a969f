"""What can be wrong with roles."""

from __future__ import annotations

from core.errors import Conflict, NotFound
from core.text import N_


class RoleNotFound(NotFound):
    code = "role_not_found"
    message = N_("This site has no such role.")


class RoleFixed(Conflict):
    """The owner's rights, and the names of the roles that every site has."""

    code = "role_fixed"
    message = N_("This role is the same at every site and cannot be changed.")


class RoleKeyTaken(Conflict):
    code = "role_key_taken"
    message = N_("There is already a role of this key.")


class RoleInUse(Conflict):
    """*people* have it, or are invited to it: they need another role first."""

    code = "role_in_use"
    message = N_("People have this role. Choose the role that they get instead.")

    def __init__(self, *, people: int) -> None:
        super().__init__(people=people)
        self.people = people


class PersonNotFound(NotFound):
    code = "person_not_found"
    message = N_("Nobody of this site is called so.")


class ThingNotFound(NotFound):
    code = "thing_not_found"
    message = N_("There is no such thing, or it is not for you to see.")
