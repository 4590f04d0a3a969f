"""What the desk's menu offers: a list that a new section joins with one entry."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from core.text import N_
from entrypoints.web.views.rights import DeskRights

DESK = "/admin"
BAR_HOLDS = 4
"""So many names find room beside "More" on a phone, in Russian too."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskSection:
    """*label* is translated where it is shown; *icon* one of `partials/icons.html`. A *daily* section stands on a
    phone's bar, and on top of the rail. *news* tells how much is new there, where the
    page came without that, and when it has changed."""

    url: str
    label: str
    icon: str
    may: Callable[[DeskRights], bool] = lambda can: can.open_desk
    is_daily: bool = False
    news: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskGroup:
    label: str
    sections: tuple[DeskSection, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskNews:
    """How much is new, by the address of its section; of a section that is missing nothing is known."""

    waiting: Mapping[str, int] = field(default_factory=dict)

    def of(self, section: str) -> int | None:
        return self.waiting.get(section)


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskMenu:
    """*bar* is always at hand; *groups* wait behind "More" on a phone and follow the bar on wide screens."""

    bar: tuple[DeskSection, ...]
    groups: tuple[DeskGroup, ...] = ()


GROUPS = (
    DeskGroup(
        label=N_("Content"),
        sections=(
            DeskSection(url="/admin", label=N_("Overview"), icon="home", is_daily=True),
            DeskSection(
                url="/admin/blog", label=N_("Posts"), icon="posts", may=lambda can: can.list_posts, is_daily=True
            ),
            DeskSection(url="/admin/pages", label=N_("Pages"), icon="pages", may=lambda can: can.list_posts),
            DeskSection(
                url="/admin/matrix", label=N_("Matrix"), icon="table", may=lambda can: can.show_matrix, is_daily=True
            ),
            DeskSection(url="/admin/media", label=N_("Media"), icon="media", may=lambda can: can.list_media),
            DeskSection(url="/admin/trash", label=N_("Trash"), icon="trash", may=lambda can: can.restore_post),
        ),
    ),
    DeskGroup(
        label=N_("People"),
        sections=(
            DeskSection(
                url="/admin/contacts",
                label=N_("Messages"),
                icon="mail",
                may=lambda can: can.read_messages,
                is_daily=True,
                news="/admin/contacts/unread",
            ),
            DeskSection(url="/admin/users", label=N_("People"), icon="people", may=lambda can: can.list_users),
            DeskSection(url="/admin/roles", label=N_("Roles"), icon="roles", may=lambda can: can.list_roles),
            DeskSection(url="/admin/profile", label=N_("Your profile"), icon="person"),
        ),
    ),
    DeskGroup(
        label=N_("Site"),
        sections=(
            DeskSection(url="/admin/settings", label=N_("Settings"), icon="settings", may=lambda can: can.edit_site),
            DeskSection(url="/admin/security", label=N_("Security"), icon="lock", may=lambda can: can.require_factors),
            DeskSection(url="/admin/tokens", label=N_("API tokens"), icon="token", may=lambda can: can.list_tokens),
            DeskSection(url="/admin/webhooks", label=N_("Webhooks"), icon="hook", may=lambda can: can.list_webhooks),
            DeskSection(url="/admin/audit", label=N_("Log"), icon="log", may=lambda can: can.read_audit),
        ),
    ),
)


def desk_menu(can: DeskRights, groups: tuple[DeskGroup, ...] = GROUPS) -> DeskMenu:
    """All that she may open, each section once. Daily ones go to the bar first, others fill what room they leave; where
    one alone would wait behind "More", it takes the place of that."""
    offered = [section for group in groups for section in group.sections if section.may(can)]
    room = BAR_HOLDS if len(offered) > BAR_HOLDS + 1 else BAR_HOLDS + 1
    at_hand = sorted(offered, key=lambda section: not section.is_daily)[:room]
    rest = tuple(
        DeskGroup(
            label=group.label, sections=tuple(one for one in group.sections if one.may(can) and one not in at_hand)
        )
        for group in groups
    )
    return DeskMenu(
        bar=tuple(section for section in offered if section in at_hand),
        groups=tuple(group for group in rest if group.sections),
    )
