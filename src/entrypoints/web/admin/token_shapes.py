"""Tokens as their pages show them."""

from collections.abc import Collection, Mapping
from datetime import datetime

from core.access import Access, Action
from core.actions import ABOUT, Group
from core.token_rights import DRAFTING
from core.users.api_tokens import ApiToken, passable
from entrypoints.http.role_words import action_text
from entrypoints.http.translations import Catalogue
from entrypoints.web.views.tokens import ScopeChoice, ScopeGroup, TokenItem

SCOPE = "scope-"


def token_item(token: ApiToken, catalogue: Catalogue, *, now: datetime, owner: str = "") -> TokenItem:
    return TokenItem(
        id=token.id,
        name=token.name,
        hint=token.hint,
        owner=owner,
        is_draft_only=token.is_draft_only,
        is_expired=not token.is_live(now),
        created_at=token.created_at,
        expires_at=token.expires_at,
        used_at=token.used_at,
        may=tuple(action_text(catalogue, action) for action in in_order(token.scopes)),
    )


def scope_groups(access: Access, catalogue: Catalogue, chosen: Collection[str]) -> tuple[ScopeGroup, ...]:
    """What she may pass on, under its headings. What goes with being there nobody chooses."""
    offered = [action for action in in_order(passable(access)) if not ABOUT[action].is_basic]
    return tuple(
        ScopeGroup(
            name=group.name.lower(),
            label=catalogue.gettext(group.value),
            choices=tuple(
                ScopeChoice(
                    name=SCOPE + action.value,
                    label=action_text(catalogue, action),
                    is_chosen=action.value in chosen,
                    is_drafting=action in DRAFTING,
                )
                for action in offered
                if ABOUT[action].group is group
            ),
        )
        for group in Group
        if any(ABOUT[action].group is group for action in offered)
    )


def chosen_scopes(values: Mapping[str, str]) -> frozenset[Action]:
    """Those ticked; words that are no actions are none of ours."""
    known = {SCOPE + action.value: action for action in Action}
    return frozenset(known[name] for name in values if name in known)


def in_order(actions: Collection[Action]) -> list[Action]:
    """As they stand under their headings."""
    return [action for action in ABOUT if action in actions]
