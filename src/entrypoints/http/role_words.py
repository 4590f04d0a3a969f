"""Roles and reasons in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from core.access import Action, Explanation, Scope
from core.actions import ABOUT
from core.identity import Role, RoleKey
from core.policy import SitePolicy
from core.roles.explained import Explained, Thing
from core.text import N_
from entrypoints.http.translations import Catalogue

ROLE_NAMES: Mapping[RoleKey, str] = {
    Role.VISITOR: N_("Visitor"),
    Role.VIEWER: N_("Viewer"),
    Role.CONTRIBUTOR: N_("Contributor"),
    Role.AUTHOR: N_("Author"),
    Role.MODERATOR: N_("Moderator"),
    Role.EDITOR: N_("Editor"),
    Role.OWNER: N_("Owner"),
    Role.OPERATOR: N_("Operator"),
}
ROLE_TEXTS: Mapping[RoleKey, str] = {
    Role.VISITOR: N_("Whoever is not signed in"),
    Role.VIEWER: N_("Reads drafts"),
    Role.CONTRIBUTOR: N_("Writes, but never publishes"),
    Role.AUTHOR: N_("Writes and publishes what is her own"),
    Role.MODERATOR: N_("Looks after messages and suggestions"),
    Role.EDITOR: N_("Looks after all content"),
    Role.OWNER: N_("May do everything; the same at every site"),
}
SCOPE_WORDS: Mapping[Scope, str] = {
    Scope.ALL: N_("Yes"),
    Scope.OWN: N_("Only one's own"),
    Scope.NONE: N_("No"),
}
_REACHES = {
    Scope.ALL: N_("The role “%(role)s” may do this: “%(action)s”."),
    Scope.OWN: N_("The role “%(role)s” may do this with one's own things only: “%(action)s”."),
    Scope.NONE: N_("The role “%(role)s” may not do this: “%(action)s”."),
}
_BY_RELEASE = N_("That is how it is unless the owner of a site changes it.")
_BY_BASE = N_("That comes from the role “%(base)s”, of which this one is made.")
_BY_SITE = {
    Scope.ALL: N_("This site decided so; otherwise the answer would be: yes."),
    Scope.OWN: N_("This site decided so; otherwise it would be: only one's own."),
    Scope.NONE: N_("This site decided so; otherwise the answer would be: no."),
}
_ALWAYS = N_("That is the same at every site.")
_SHUT_OUT = N_("This person is shut out and can do nothing at all.")
_TOKEN = N_("The API token in use was not made for this.")
_OPERATOR = N_("Only the operator of the platform does this.")
_OWNER_HELPS = N_("The nearest role that may: “%(role)s”. An owner of the site can give it.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Reasons:
    """Whole sentences; *advice* is empty when there is nothing to be done, or no need."""

    verdict: str
    reasons: tuple[str, ...]
    advice: str


def role_name(catalogue: Catalogue, role: RoleKey, policy: SitePolicy) -> str:
    """What people call *role*: the site's own name for a role that it made."""
    own = policy.find(role)
    return own.name if own else catalogue.gettext(ROLE_NAMES[role]) if role in ROLE_NAMES else role


def role_text(catalogue: Catalogue, role: RoleKey, policy: SitePolicy) -> str:
    own = policy.find(role)
    return own.description if own else catalogue.gettext(ROLE_TEXTS[role]) if role in ROLE_TEXTS else ""


def action_text(catalogue: Catalogue, action: Action) -> str:
    return catalogue.gettext(ABOUT[action].text)


def explained_words(catalogue: Catalogue, explained: Explained) -> Reasons:
    """All that is known of a decision."""
    told = reasons(catalogue, explained.explanation, explained.policy, thing=explained.thing)
    if explained.is_allowed or explained.explanation.is_allowed is False:
        return told
    shut_out = catalogue.gettext(_SHUT_OUT)
    return Reasons(verdict=_verdict(catalogue, is_allowed=False), reasons=(*told.reasons, shut_out), advice="")


def reasons(catalogue: Catalogue, why: Explanation, policy: SitePolicy, *, thing: Thing | None = None) -> Reasons:
    """*thing* is what it was about, when it may be named."""
    return Reasons(
        verdict=_verdict(catalogue, is_allowed=why.is_allowed),
        reasons=tuple(_told(catalogue, why, policy, thing)),
        advice="" if why.is_allowed else _advice(catalogue, why, policy),
    )


def _verdict(catalogue: Catalogue, *, is_allowed: bool) -> str:
    return catalogue.gettext(N_("It is allowed.")) if is_allowed else catalogue.gettext(N_("It is not allowed."))


def _told(catalogue: Catalogue, why: Explanation, policy: SitePolicy, thing: Thing | None) -> Iterator[str]:
    names = {"role": role_name(catalogue, why.role, policy), "action": action_text(catalogue, why.action)}
    yield catalogue.gettext(_REACHES[why.role_scope]) % names
    yield _rule(catalogue, why, policy)
    if why.role_scope is Scope.OWN and why.is_own is not None:
        yield _whose(catalogue, why, thing)
    if why.scope is not why.role_scope:
        yield catalogue.gettext(_TOKEN)


def _rule(catalogue: Catalogue, why: Explanation, policy: SitePolicy) -> str:
    if why.role in (Role.OWNER, Role.OPERATOR) or ABOUT[why.action].is_basic:
        return catalogue.gettext(_ALWAYS)
    if why.role_scope is not why.default:
        return catalogue.gettext(_BY_SITE[why.default])
    if why.base != why.role:
        return catalogue.gettext(_BY_BASE) % {"base": role_name(catalogue, why.base, policy)}
    return catalogue.gettext(_BY_RELEASE)


def _whose(catalogue: Catalogue, why: Explanation, thing: Thing | None) -> str:
    if thing is not None and thing.label:
        sentence = N_("“%(thing)s” is one's own.") if why.is_own else N_("“%(thing)s” belongs to somebody else.")
        return catalogue.gettext(sentence) % {"thing": thing.label}
    return catalogue.gettext(N_("This is one's own.") if why.is_own else N_("This belongs to somebody else."))


def _advice(catalogue: Catalogue, why: Explanation, policy: SitePolicy) -> str:
    if why.nearest_role == Role.OPERATOR:
        return catalogue.gettext(_OPERATOR)
    if why.nearest_role is None or why.nearest_role == why.role:
        return ""
    return catalogue.gettext(_OWNER_HELPS) % {"role": role_name(catalogue, why.nearest_role, policy)}
