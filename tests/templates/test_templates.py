"""Templates alone: each renders with all and with little, in both languages, and keeps the house's promises."""

import itertools
import re
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

import pytest
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from selectolax.lexbor import LexborHTMLParser as Tree

from tests.templates.samples import USER_HTML, Sample, samples

TEMPLATES = Path(__file__).resolve().parents[2] / "src" / "templates"
SNIPPET = "partials/theme_snippet.html"
ALL = tuple(samples())
PAGES = tuple(sample for sample in ALL if not sample.is_fragment)
UNLABELLED = ("hidden", "submit", "button")


@lru_cache
def environment() -> Environment:
    made = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        extensions=["jinja2.ext.i18n"],
    )
    made.install_null_translations(newstyle=True)  # type: ignore[attr-defined]  # added by the i18n extension
    return made


def rendered(sample: Sample, locale: str = "en") -> str:
    context = sample.context
    if sample.site is not None:
        context["site"] = replace(sample.site, lang=locale, locale=locale)
    return environment().get_template(sample.template).render(context)


def each(chosen: tuple[Sample, ...]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("sample", chosen, ids=lambda sample: sample.name)


@pytest.mark.parametrize("locale", ["en", "ru"])
@each(ALL)
def test_every_template_renders_in_both_languages(sample: Sample, locale: str) -> None:
    html = rendered(sample, locale)
    assert "Undefined" not in html
    assert not re.search(r"%\(\w+\)[sd]", html)


def test_every_template_has_a_sample() -> None:
    shown = {sample.template for sample in ALL} | {"base.html", "desk.html"}
    every = {path.relative_to(TEMPLATES).as_posix() for path in TEMPLATES.rglob("*.html")}
    whole = {name for name in every if not name.startswith("mail/")}  # tests/runner/test_letters.py
    parts = {name for name in whole if name.startswith("partials/") or name.endswith(("_words.html", "_palette.html"))}
    assert whole - parts == shown


@each(ALL)
def test_no_inline_style_and_no_script_but_the_theme_snippet(sample: Sample) -> None:
    tree = Tree(rendered(sample))
    assert not tree.css("[style], style")
    assert not [node for node in tree.css("*") if any(name.startswith("on") for name in node.attributes)]
    inline = [node.html for node in tree.css("script:not([src]):not([type='application/ld+json'])")]
    wanted = [(TEMPLATES / SNIPPET).read_text(encoding="utf-8")]
    assert inline == ([] if sample.is_fragment or sample.site is None else wanted)


def test_the_theme_snippet_is_small_and_says_the_same_for_all() -> None:
    snippet = (TEMPLATES / SNIPPET).read_bytes()
    assert len(snippet) <= 300
    assert b"{{" not in snippet
    assert b"{%" not in snippet
    assert snippet.startswith(b"<script>")
    assert snippet.endswith(b"</script>")


@each(PAGES)
def test_a_page_has_one_heading_of_the_first_level_and_no_gap_below_it(sample: Sample) -> None:
    tree = Tree(rendered(sample))
    assert len(tree.css("h1")) == 1
    levels = [int(str(node.tag)[1]) for node in tree.css("h1, h2, h3, h4, h5, h6")]
    assert all(after - before <= 1 for before, after in itertools.pairwise(levels)), levels


@each(PAGES)
def test_a_page_has_its_landmarks_and_language(sample: Sample) -> None:
    tree = Tree(rendered(sample, "ru"))
    html, title = tree.css_first("html"), tree.css_first("title")
    assert len(tree.css("main")) == 1
    assert html is not None
    assert html.attributes["lang"] == ("en" if sample.site is None else "ru")
    assert title is not None
    assert title.text().strip()
    if sample.site is not None:
        assert tree.css_matches("a.skip[href='#main']")
        assert tree.css_matches("#live[aria-live=polite]")


@each(ALL)
def test_ids_are_unique_and_references_lead_somewhere(sample: Sample) -> None:
    tree = Tree(rendered(sample))
    ids = [str(node.attributes["id"]) for node in tree.css("[id]")]
    assert len(ids) == len(set(ids))
    if sample.is_fragment:
        return
    for name in ("aria-describedby", "aria-labelledby", "aria-controls", "for", "form", "list"):
        for node in tree.css(f"[{name}]"):
            assert set(str(node.attributes[name]).split()) <= set(ids), f"{name} of {node.html}"


@each(ALL)
def test_every_field_has_a_label_and_every_button_a_name(sample: Sample) -> None:
    tree = Tree(rendered(sample))
    labelled = {node.attributes["for"] for node in tree.css("label[for]")}
    for node in tree.css("input, textarea, select"):
        if node.attributes.get("type") in UNLABELLED or "hidden" in node.attributes:
            continue
        inside = node.parent is not None and node.parent.tag == "label"
        assert inside or node.attributes.get("id") in labelled or node.attributes.get("aria-label"), node.html
    for node in tree.css("button, a"):
        pictures = [str(image.attributes.get("alt")) for image in node.css("img")]
        assert node.text().strip() or node.attributes.get("aria-label") or any(pictures), node.html


@each(ALL)
def test_what_people_wrote_lies_where_no_script_of_ours_works(sample: Sample) -> None:
    html = rendered(sample)
    if str(USER_HTML) not in html:
        return
    for node in Tree(html).css("#one"):
        wrapper = node.parent
        assert wrapper is not None
        assert {"hx-disable", "data-disable-scripting"} <= set(wrapper.attributes)


@each(ALL)
def test_every_form_that_posts_carries_the_token(sample: Sample) -> None:
    for form in Tree(rendered(sample)).css("form[method=post]"):
        assert form.css_first("input[type=hidden][name=csrf_token]") is not None, form.html


def test_what_people_typed_is_escaped() -> None:
    missed = next(sample for sample in ALL if sample.name == "blog/_list.html missed")
    assert "&lt;nothing&gt;" in rendered(missed)


def one(name: str) -> Tree:
    return Tree(rendered(next(sample for sample in ALL if sample.name == name)))


def test_the_editor_works_as_a_plain_form_too() -> None:
    tree = one("admin/blog/edit.html draft")
    form = tree.css_first("form#editor[method=post][action='/admin/blog/2']")
    assert form is not None
    for name in ("csrf_token", "title", "slug", "description", "tags", "lang", "body", "version"):
        assert form.css_first(f"[name={name}]") is not None, name
    assert [node.attributes["value"] for node in tree.css("button[name=intent]")] == [
        "save",
        "publish",
        "schedule",
        "links",
    ]


def test_a_published_post_is_saved_or_withdrawn() -> None:
    tree = one("admin/blog/edit.html full")
    assert [node.attributes["value"] for node in tree.css("button[name=intent]")] == [
        "save",
        "keep",
        "links",
        "withdraw",
    ]


def test_links_of_the_settings_end_with_an_empty_row() -> None:
    tree = one("admin/settings/edit.html full")
    assert [node.attributes["value"] for node in tree.css("[name^=menu-][name$=-label]")] == ["Blog", ""]
    assert tree.css_matches("[name=ways-0-url][aria-invalid=true]")
    assert tree.css_matches("[name=ways-1-url]")


def test_a_visitor_is_offered_no_desk_and_a_writer_is() -> None:
    assert not one("home/index.html minimal").css("a[href='/admin']")
    assert one("home/index.html full").css("a[href='/admin']")


def test_a_refused_field_says_so_next_to_itself() -> None:
    tree = one("login.html full")
    field = tree.css_first("input[name=email]")
    assert field is not None
    assert field.attributes["aria-invalid"] == "true"
    assert "f-email-error" in str(field.attributes["aria-describedby"])
    assert field.attributes["value"] == "a@b.example"
    password = tree.css_first("input[name=password]")
    assert password is not None
    assert not password.attributes["value"]


def test_the_plain_error_names_no_site() -> None:
    for sample in ALL:
        if sample.site is None:
            assert not Tree(rendered(sample)).css("nav, form, script")
