"""What an owner may decide about her site."""

from dataclasses import replace

import pytest

from core.errors import Invalid
from core.links import Link
from core.site.entities import SiteSettings, SiteWishes

SETTINGS = SiteSettings(title="Anna", locale="en", time_zone="UTC", accent="#c2410c")
WISHES = SiteWishes(title="Anna", locale="en", time_zone="UTC", accent="#c2410c")
HOME = Link(label="Home", url="/")


def test_wishes_come_true() -> None:
    wishes = replace(WISHES, title="Boris", locale="ru", about="*Hi*", menu=(HOME,))

    changed = SETTINGS.changed_to(wishes, about_html="<p><em>Hi</em></p>")

    assert (changed.title, changed.locale, changed.about_html) == ("Boris", "ru", "<p><em>Hi</em></p>")
    assert changed.menu == (HOME,)
    assert changed.version == SETTINGS.version


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"title": " "}, "title"),
        ({"title": "x" * 101}, "title"),
        ({"tagline": "x" * 201}, "tagline"),
        ({"about": "x" * 5001}, "about"),
        ({"picture_alt": "x" * 301}, "picture_alt"),
        ({"locale": "de"}, "locale"),
        ({"time_zone": "Mars/Olympus"}, "time_zone"),
        ({"accent": "red"}, "accent"),
        ({"sections": ("shop",)}, "sections"),
        ({"menu": (HOME,) * 9}, "menu"),
        ({"menu": (Link(label=" ", url="/"),)}, "menu.0.label"),
        ({"menu": (Link(label="x" * 61, url="/"),)}, "menu.0.label"),
        ({"ways": (HOME, Link(label="Evil", url="javascript:alert(1)"))}, "ways.1.url"),
        ({"ways": (Link(label="Evil", url="//evil.example"),)}, "ways.0.url"),
        ({"ways": (Link(label="Long", url="/" + "x" * 500),)}, "ways.0.url"),
    ],
)
def test_unusable_wishes_are_refused_by_field(changes: dict[str, object], field: str) -> None:
    wishes = replace(WISHES, **changes)  # type: ignore[arg-type]  # test data by field name

    with pytest.raises(Invalid) as refused:
        SETTINGS.changed_to(wishes, about_html="")

    assert [problem.field for problem in refused.value.problems] == [field]


@pytest.mark.parametrize("url", ["https://a.example/x", "mailto:a@b.example", "tel:+46 8 123", "/blog", "#top"])
def test_safe_addresses_are_accepted(url: str) -> None:
    assert replace(WISHES, ways=(Link(label="Way", url=url),)).problems() == []
