"""Roles, what they may, and why."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field
from pydantic.config import JsonDict

from core.access import Action, Scope
from core.actions import ABOUT
from core.identity import RoleKey
from core.policy import SITE_ACTIONS, is_settable, scopes_for
from core.roles.entities import DESCRIPTION_LENGTH, NAME_LENGTH, RightChange
from core.roles.explained import Explained
from core.roles.shown import RoleShown as Role
from core.roles.shown import RolesShown as Roles
from core.roles.use_cases.preview_permissions import Preview
from entrypoints.api.models import Shown, Wanted
from entrypoints.http.role_words import action_text, explained_words, role_name, role_text
from entrypoints.http.translations import Catalogue

Reach = Literal["any", "own", "none"]
_REACH: dict[Scope, Reach] = {Scope.ALL: "any", Scope.OWN: "own", Scope.NONE: "none"}
ROLE_EXAMPLE: JsonDict = {
    "key": "guest-writer",
    "name": "Guest writer",
    "description": "Friends who write now and then",
    "base": "contributor",
    "is_own": True,
    "is_fixed": False,
    "people": 2,
}
PERMISSIONS_EXAMPLE: JsonDict = {"permissions": {"post.publish": "own", "media.delete": "none"}}
CHANGE_EXAMPLE: JsonDict = {"role": "guest-writer", "action": "post.publish", "before": "none", "after": "own"}


class RoleWanted(Wanted):
    """A new role begins with the rights of *base*; without a *key* the name makes one."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"name": "Guest writer", "base": "contributor", "description": "Friends"}]}
    )

    name: Annotated[str, Field(json_schema_extra={"maxLength": NAME_LENGTH})]
    base: str
    description: Annotated[str, Field(json_schema_extra={"maxLength": DESCRIPTION_LENGTH})] = ""
    key: str = ""


class RoleChanged(Wanted):
    model_config = ConfigDict(json_schema_extra={"examples": [{"name": "Guest author", "base": "author"}]})

    name: str
    base: str
    description: str = ""


class PermissionsWanted(Wanted):
    """How far each action goes: for everything, for one's own, or not at all."""

    model_config = ConfigDict(json_schema_extra={"examples": [PERMISSIONS_EXAMPLE]})

    permissions: dict[str, Reach | None]


class RoleShown(Shown):
    """*base* is the role that it is made from, itself for a role that every site has; *is_fixed*: its rights are the
    same at every site. *people* have it or are invited to it."""

    model_config = ConfigDict(json_schema_extra={"examples": [ROLE_EXAMPLE]})

    key: RoleKey
    name: str
    description: str
    base: RoleKey
    is_own: bool
    is_fixed: bool
    people: int

    @classmethod
    def of(cls, role: Role, roles: Roles, words: Catalogue) -> RoleShown:
        return cls(
            key=role.key,
            name=role_name(words, role.key, roles.policy),
            description=role_text(words, role.key, roles.policy),
            base=role.base,
            is_own=role.own is not None,
            is_fixed=role.is_fixed,
            people=role.people,
        )


class RolesShown(Shown):
    items: Sequence[RoleShown]
    next_cursor: None = None


class PermissionShown(Shown):
    """*default* is what the release gives; *choices* is what this role can have here."""

    text: str
    group: str
    scope: Reach
    default: Reach
    choices: Sequence[Reach]


class PermissionsShown(Shown):
    """Every action of a site, by its name."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "role": "guest-writer",
                    "permissions": {
                        "post.publish": {
                            "text": "Publish posts and pages",
                            "group": "Posts and pages",
                            "scope": "own",
                            "default": "none",
                            "choices": ["none", "own", "any"],
                        }
                    },
                }
            ]
        }
    )

    role: RoleKey
    permissions: dict[str, PermissionShown]

    @classmethod
    def of(cls, key: RoleKey, roles: Roles, words: Catalogue) -> PermissionsShown:
        told = {action.value: _permission(key, action, roles, words) for action in SITE_ACTIONS}
        return cls(role=key, permissions=told)


class RightChangeShown(Shown):
    model_config = ConfigDict(json_schema_extra={"examples": [CHANGE_EXAMPLE]})

    role: RoleKey
    action: str
    text: str
    before: Reach
    after: Reach

    @classmethod
    def of(cls, change: RightChange, words: Catalogue) -> RightChangeShown:
        return cls(
            role=change.role,
            action=change.action.value,
            text=action_text(words, change.action),
            before=_REACH[change.before],
            after=_REACH[change.after],
        )


class PreviewShown(Shown):
    """What would be newly allowed and forbidden; *lacking* are actions that whoever asks could not give."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {"allowed": [{**CHANGE_EXAMPLE, "text": "Publish posts and pages"}], "forbidden": [], "lacking": []}
            ]
        }
    )

    allowed: Sequence[RightChangeShown]
    forbidden: Sequence[RightChangeShown]
    lacking: Sequence[str]

    @classmethod
    def of(cls, preview: Preview, words: Catalogue) -> PreviewShown:
        return cls(
            allowed=[RightChangeShown.of(one, words) for one in preview.changes if one.is_wider],
            forbidden=[RightChangeShown.of(one, words) for one in preview.changes if not one.is_wider],
            lacking=[action.value for action in preview.lacking],
        )


class DeleteQuery(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    move_to: Annotated[str, Field(description="The role that its people get instead.")] = ""


class ExplanationQuery(BaseModel):
    """Without *user* and *role* it is about whoever asks."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    action: Annotated[str, Field(description="The action's name, such as post.publish.")]
    resource: Annotated[str, Field(description="The id of the post, question, file or session that it is about.")] = ""
    user: Annotated[str, Field(description="Somebody else, by id or e-mail address; needs the right to ask.")] = ""
    role: Annotated[str, Field(description="A role instead of a person; needs the right to ask.")] = ""


class ExplanationShown(Shown):
    """*scope* is what the role has here, *default* what the release gives it, *is_own* whether the resource belongs to
    the one asked about; *nearest_role* is the one that adds least and may."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "action": "post.publish",
                    "is_allowed": False,
                    "role": "contributor",
                    "base": "contributor",
                    "scope": "none",
                    "default": "none",
                    "resource": "0d9f1c2b3a4e5f60718293a4b5c6d7e8",
                    "is_own": True,
                    "nearest_role": "author",
                    "verdict": "It is not allowed.",
                    "reasons": ["The role “Contributor” may not do this: “Publish posts and pages”."],
                    "advice": "The nearest role that may: “Author”. An owner of the site can give it.",
                }
            ]
        }
    )

    action: str
    is_allowed: bool
    role: RoleKey
    base: RoleKey
    scope: Reach
    default: Reach
    resource: str | None
    is_own: bool | None
    nearest_role: RoleKey | None
    verdict: str
    reasons: Sequence[str]
    advice: str

    @classmethod
    def of(cls, told: Explained, words: Catalogue) -> ExplanationShown:
        why, said = told.explanation, explained_words(words, told)
        return cls(
            action=why.action.value,
            is_allowed=told.is_allowed,
            role=why.role,
            base=why.base,
            scope=_REACH[why.role_scope],
            default=_REACH[why.default],
            resource=told.thing.id if told.thing else None,
            is_own=why.is_own,
            nearest_role=why.nearest_role,
            verdict=said.verdict,
            reasons=said.reasons,
            advice=said.advice,
        )


def _permission(key: RoleKey, action: Action, roles: Roles, words: Catalogue) -> PermissionShown:
    default = roles.default(key, action)
    offered = scopes_for(key, action, default) if is_settable(key, action) else (roles.scope(key, action),)
    return PermissionShown(
        text=action_text(words, action),
        group=words.gettext(ABOUT[action].group.value),
        scope=_REACH[roles.scope(key, action)],
        default=_REACH[default],
        choices=[_REACH[scope] for scope in offered],
    )
