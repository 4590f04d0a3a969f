"""Roles as their pages show them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from core.access import Action, Scope
from core.actions import ABOUT, Group
from core.identity import MEMBER_ROLES, RoleKey
from core.policy import SITE_ACTIONS, is_settable, scopes_for
from core.roles.entities import RightChange
from core.roles.shown import RoleShown, RolesShown
from core.roles.use_cases.preview_permissions import Preview
from entrypoints.http.role_words import SCOPE_WORDS, action_text, role_name, role_text
from entrypoints.http.translations import Catalogue
from entrypoints.web.views import Choice
from entrypoints.web.views.roles import (
    ChangeLine,
    RightChoice,
    RightChoices,
    RightGroup,
    RightMark,
    RightRow,
    RoleItem,
    RolePreviewPage,
)

LIST = "/admin/roles"
RIGHT = "right-"
_SETTABLE = tuple(action for action in SITE_ACTIONS if not ABOUT[action].is_basic)


def role_item(role: RoleShown, roles: RolesShown, catalogue: Catalogue) -> RoleItem:
    return RoleItem(
        key=role.key,
        name=role_name(catalogue, role.key, roles.policy),
        text=role_text(catalogue, role.key, roles.policy),
        people=role.people,
        base=role_name(catalogue, role.base, roles.policy) if role.own else "",
        desk_url="" if role.is_fixed else f"{LIST}/{role.key}",
    )


def right_groups(roles: RolesShown, catalogue: Catalogue) -> tuple[RightGroup, ...]:
    """The table: what goes with being there is left out, nobody decides about it."""
    return tuple(
        RightGroup(
            label=catalogue.gettext(group.value),
            rows=tuple(_row(action, roles, catalogue) for action in actions),
        )
        for group, actions in _grouped(_SETTABLE)
    )


def right_choices(
    key: RoleKey, roles: RolesShown, catalogue: Catalogue, chosen: Mapping[Action, Scope]
) -> tuple[RightChoices, ...]:
    """What can be decided for *key*; *chosen* goes before what stands."""
    actions = tuple(action for action in _SETTABLE if len(_offered(key, action, roles)) > 1)
    return tuple(
        RightChoices(
            label=catalogue.gettext(group.value),
            rights=tuple(_choice(key, action, roles, catalogue, chosen) for action in found),
        )
        for group, found in _grouped(actions)
    )


def base_choices(catalogue: Catalogue, roles: RolesShown) -> tuple[Choice, ...]:
    return tuple(Choice(value=role, label=role_name(catalogue, role, roles.policy)) for role in MEMBER_ROLES)


def other_choices(catalogue: Catalogue, roles: RolesShown, key: RoleKey) -> tuple[Choice, ...]:
    """Where the people of *key* can go."""
    found = tuple(other for other in roles.policy.member_keys if other != key)
    return tuple(Choice(value=other, label=role_name(catalogue, other, roles.policy)) for other in found)


def preview_page(
    item: RoleItem, preview: Preview, wanted: Mapping[Action, Scope], catalogue: Catalogue
) -> RolePreviewPage:
    return RolePreviewPage(
        role=item,
        version=preview.version,
        allowed=tuple(_line(change, catalogue) for change in preview.changes if change.is_wider),
        forbidden=tuple(_line(change, catalogue) for change in preview.changes if not change.is_wider),
        lacking=tuple(action_text(catalogue, action) for action in preview.lacking),
        fields=tuple((RIGHT + action.value, scope.value) for action, scope in wanted.items()),
    )


def chosen_rights(values: Mapping[str, str]) -> dict[Action, Scope]:
    """What was typed into the fields of rights; others, and words that we do not know, are passed over."""
    actions = {RIGHT + action.value: action for action in Action}
    scopes = {scope.value: scope for scope in Scope}
    return {actions[name]: scopes[value] for name, value in values.items() if name in actions and value in scopes}


def _grouped(actions: tuple[Action, ...]) -> Iterator[tuple[Group, tuple[Action, ...]]]:
    for group in Group:
        found = tuple(action for action in ABOUT if action in actions and ABOUT[action].group is group)
        if found:
            yield group, found


def _row(action: Action, roles: RolesShown, catalogue: Catalogue) -> RightRow:
    marks = []
    for role in roles.roles:
        scope = roles.scope(role.key, action)
        marks.append(
            RightMark(
                reach=scope.value,
                label=catalogue.gettext(SCOPE_WORDS[scope]),
                is_changed=scope is not roles.default(role.key, action),
            )
        )
    return RightRow(text=action_text(catalogue, action), marks=tuple(marks))


def _choice(
    key: RoleKey, action: Action, roles: RolesShown, catalogue: Catalogue, chosen: Mapping[Action, Scope]
) -> RightChoice:
    say = catalogue.gettext
    return RightChoice(
        name=RIGHT + action.value,
        text=action_text(catalogue, action),
        value=chosen.get(action, roles.scope(key, action)).value,
        usual=say(SCOPE_WORDS[roles.default(key, action)]),
        choices=tuple(
            Choice(value=scope.value, label=say(SCOPE_WORDS[scope])) for scope in _offered(key, action, roles)
        ),
    )


def _offered(key: RoleKey, action: Action, roles: RolesShown) -> tuple[Scope, ...]:
    return scopes_for(key, action, roles.default(key, action)) if is_settable(key, action) else ()


def _line(change: RightChange, catalogue: Catalogue) -> ChangeLine:
    say = catalogue.gettext
    return ChangeLine(
        text=action_text(catalogue, change.action),
        before=say(SCOPE_WORDS[change.before]),
        after=say(SCOPE_WORDS[change.after]),
    )
