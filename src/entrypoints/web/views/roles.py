"""Roles, what they may, and why."""

from __future__ import annotations

from dataclasses import dataclass

from entrypoints.web.views.forms import Choice, Form


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleItem:
    """*base* is the name of the role that it is made from, empty for one that every site has; *desk_url* is empty for
    the owner's, which is the same everywhere."""

    key: str
    name: str
    text: str
    people: int
    base: str = ""
    desk_url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RightMark:
    """How far one role may do one thing: *reach* is any, own or none, *label* says it; *is_changed* by this site."""

    reach: str
    label: str
    is_changed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class RightRow:
    text: str
    marks: tuple[RightMark, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RightGroup:
    label: str
    rows: tuple[RightRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RolesPage:
    """`admin/roles/index.html`: the table of actions and roles, and the form for a new role."""

    roles: tuple[RoleItem, ...]
    groups: tuple[RightGroup, ...]
    form: Form
    bases: tuple[Choice, ...]
    may_edit: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class RightChoice:
    """One right of the role: *name* is the field's, *value* what is chosen, *usual* what the release gives."""

    name: str
    text: str
    value: str
    usual: str
    choices: tuple[Choice, ...]
    error: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RightChoices:
    label: str
    rights: tuple[RightChoice, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RolePage:
    """`admin/roles/show.html`: one role. *form* is for its names, when the site made it; *others* are the roles that
    its people can get when it is deleted."""

    role: RoleItem
    version: int
    groups: tuple[RightChoices, ...]
    form: Form
    bases: tuple[Choice, ...]
    others: tuple[Choice, ...]
    may_edit: bool
    message: str = ""
    deletion_error: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeLine:
    """“Publish posts”, from *before* to *after*, in words."""

    text: str
    before: str
    after: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RolePreviewPage:
    """`admin/roles/preview.html`: what saving would newly allow and forbid. *fields* carry what was chosen, *lacking*
    is what whoever asks could not give."""

    role: RoleItem
    version: int
    allowed: tuple[ChangeLine, ...]
    forbidden: tuple[ChangeLine, ...]
    lacking: tuple[str, ...]
    fields: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class WhyPage:
    """`admin/why.html`: why one may do something or not. *roles_url* leads who may to where it is changed."""

    action: str
    verdict: str
    is_allowed: bool
    reasons: tuple[str, ...]
    advice: str
    roles_url: str = ""
