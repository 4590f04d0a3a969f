"""The desk's menu: what somebody may open, once, and what of it a phone's bar holds."""

from dataclasses import fields

import pytest

from entrypoints.web.views import DeskRights
from entrypoints.web.views.desk_menu import BAR_HOLDS, DeskGroup, DeskSection, desk_menu

EVERYTHING = DeskRights(**{field.name: True for field in fields(DeskRights)})


def section(name: str, *, is_daily: bool = False) -> DeskSection:
    return DeskSection(url=f"/admin/{name}", label=name, icon="home", is_daily=is_daily)


def group(label: str, *sections: DeskSection) -> DeskGroup:
    return DeskGroup(label=label, sections=sections)


def test_an_owner_finds_each_section_once() -> None:
    menu = desk_menu(EVERYTHING)
    urls = [one.url for one in (*menu.bar, *(one for group in menu.groups for one in group.sections))]
    assert len(urls) == len(set(urls))
    assert {"/admin", "/admin/blog", "/admin/matrix", "/admin/media", "/admin/settings", "/admin/trash"} <= set(urls)
    assert len(menu.bar) == BAR_HOLDS


def test_who_may_only_come_in_finds_the_overview_and_herself() -> None:
    menu = desk_menu(DeskRights(open_desk=True))
    assert [one.url for one in menu.bar] == ["/admin", "/admin/profile"]
    assert not menu.groups


def test_daily_sections_come_first_and_keep_their_order() -> None:
    groups = (
        group("a", section("one", is_daily=True), section("two"), section("three"), section("four", is_daily=True)),
        group("b", section("five", is_daily=True), section("six", is_daily=True)),
        group("c", section("seven")),
    )
    menu = desk_menu(DeskRights(open_desk=True), groups)
    assert [one.label for one in menu.bar] == ["one", "four", "five", "six"]
    assert [(group.label, [one.label for one in group.sections]) for group in menu.groups] == [
        ("a", ["two", "three"]),
        ("c", ["seven"]),
    ]


@pytest.mark.parametrize(("offered", "at_hand"), [(3, 3), (4, 4), (5, 5), (6, 4), (12, 4)])
def test_more_hides_two_sections_or_none(offered: int, at_hand: int) -> None:
    menu = desk_menu(DeskRights(open_desk=True), (group("a", *(section(str(number)) for number in range(offered))),))
    assert len(menu.bar) == at_hand
    assert sum(len(group.sections) for group in menu.groups) == offered - at_hand
