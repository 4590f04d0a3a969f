"""The demo sites keep to tenants/README.md: what `make dev` shows to everybody must not be broken in the file."""

import ast
import json
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import frontmatter
import pytest
from PIL import Image
from ruamel.yaml import YAML

from services.slugs import TransliteratedSlugs

TENANTS = Path(__file__).parents[2] / "tenants"
SITES = ("anna", "boris")
KEYS = {"slug", "title", "locale", "time_zone", "hosts", "accent", "sections", "owner", "home", "menu"}
POST_KEYS = {"title", "slug", "date", "tags", "description"}
OPTIONAL_POST_KEYS = {"draft", "lang", "cover", "cover_alt", "series", "series_part", "translation_of", "pinned"}
LANGUAGES = {"python", "sql", "bash", "yaml", "rust", "toml", "diff"}
FENCE = re.compile(r"^( *)```(\w+)\n(.*?)^ *```$", re.DOTALL | re.MULTILINE)
PICTURE = re.compile(r"!\[([^\]]*)\]\(media/([\w.-]+) \"([^\"]+)\"\)")
WIKI = re.compile(r"\[\[post:([a-z0-9-]+)")
LINK = re.compile(r"\]\((/[^)\s]*)\)")


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoPost:
    file: Path
    meta: dict[str, Any]
    body: str

    @property
    def is_draft(self) -> bool:
        return bool(self.meta.get("draft"))

    @property
    def prose(self) -> str:
        return FENCE.sub("", self.body)

    def blocks(self) -> Iterator[tuple[str, str]]:
        for indent, language, code in FENCE.findall(self.body):
            yield language, "".join(line.removeprefix(indent) for line in code.splitlines(keepends=True))


@cache
def posts_of(site: str) -> tuple[DemoPost, ...]:
    files = sorted((TENANTS / site / "content" / "blog").glob("*.md"))
    loaded = ((file, frontmatter.load(str(file))) for file in files)
    return tuple(DemoPost(file=file, meta=dict(post.metadata), body=post.content) for file, post in loaded)


@cache
def pages_of(site: str) -> tuple[DemoPost, ...]:
    files = sorted((TENANTS / site / "content" / "pages").glob("*.md"))
    loaded = ((file, frontmatter.load(str(file))) for file in files)
    return tuple(DemoPost(file=file, meta=dict(page.metadata), body=page.content) for file, page in loaded)


@cache
def settings_of(site: str) -> dict[str, Any]:
    return tomllib.loads((TENANTS / site / "tenant.toml").read_text(encoding="utf-8"))


def published(site: str) -> dict[str, DemoPost]:
    return {post.meta["slug"]: post for post in posts_of(site) if not post.is_draft}


each_site = pytest.mark.parametrize("site", SITES)
each_post = pytest.mark.parametrize(
    "post", [pytest.param(p, id=f"{s}-{p.file.stem}") for s in SITES for p in posts_of(s)]
)


@each_site
def test_tenant_toml_has_exactly_the_keys_of_the_contract(site: str) -> None:
    settings = settings_of(site)
    assert set(settings) == KEYS
    assert set(settings["owner"]) == {"email", "name"}
    assert set(settings["home"]) == {"tagline", "about", "picture", "picture_alt", "ways"}
    assert all(set(entry) == {"label", "url"} for entry in [*settings["home"]["ways"], *settings["menu"]])


@each_site
def test_tenant_toml_says_what_can_be_true(site: str) -> None:
    settings = settings_of(site)
    assert settings["slug"] == site
    assert settings["hosts"][0] == f"{site}.example"
    assert settings["owner"]["email"] == f"{site}@{site}.example"
    assert re.fullmatch(r"#[0-9a-f]{6}", settings["accent"])
    assert ZoneInfo(settings["time_zone"]).key == settings["time_zone"]
    assert "\n" not in settings["home"]["tagline"]


def test_the_two_sites_differ_where_a_leak_would_show() -> None:
    anna, boris = (settings_of(site) for site in SITES)
    assert (anna["locale"], boris["locale"]) == ("en", "ru")
    assert anna["accent"] != boris["accent"]
    assert not set(anna["hosts"]) & set(boris["hosts"])
    shared = published("anna").keys() & published("boris").keys()
    assert len(shared) >= 4
    assert all(published("anna")[slug].body != published("boris")[slug].body for slug in shared)


@each_site
def test_a_site_has_enough_to_read_and_something_unfinished(site: str) -> None:
    slugs = [post.meta["slug"] for post in posts_of(site)]
    assert len(published(site)) >= 12
    assert 1 <= len(slugs) - len(published(site)) <= 2
    assert len(set(slugs)) == len(slugs)


@each_site
def test_tags_are_a_vocabulary_and_not_a_pile(site: str) -> None:
    tags = [tag for post in posts_of(site) for tag in post.meta["tags"]]
    assert len(set(tags)) <= 12
    assert len(tags) >= 2 * len(set(tags))


@each_post
def test_front_matter_has_the_keys_of_the_contract(post: DemoPost) -> None:
    assert set(post.meta) >= POST_KEYS
    assert set(post.meta) <= POST_KEYS | OPTIONAL_POST_KEYS
    assert post.meta["slug"] == post.file.stem
    assert ("cover" in post.meta) == ("cover_alt" in post.meta)
    assert 2 <= len(post.meta["tags"]) <= 4
    assert post.meta["description"].endswith(".")


@each_post
def test_a_date_carries_an_offset_and_lies_in_the_past(post: DemoPost) -> None:
    written = re.search(r"^date: (\S+)$", post.file.read_text(encoding="utf-8"), re.MULTILINE)
    assert written is not None
    date = datetime.fromisoformat(written[1])
    assert date.utcoffset() is not None
    assert datetime(2024, 1, 1, tzinfo=UTC) <= date < datetime(2026, 11, 20, tzinfo=UTC)


@each_post
def test_the_offset_is_the_one_of_the_site(post: DemoPost) -> None:
    zone = ZoneInfo(settings_of(post.file.parents[2].name)["time_zone"])
    written = re.search(r"^date: (\S+)$", post.file.read_text(encoding="utf-8"), re.MULTILINE)
    assert written is not None
    date = datetime.fromisoformat(written[1])
    assert date.utcoffset() == date.astimezone(zone).utcoffset()


@each_post
def test_a_post_is_worth_opening_and_can_be_finished(post: DemoPost) -> None:
    assert 500 <= len(post.body.split()) <= 1500
    assert not re.search(r"^# ", post.prose, re.MULTILINE), "the title is the only first-level heading"
    assert not re.search(r"[Ll]orem ipsum|\bTODO\b(?!\*)", post.prose)


@each_post
def test_headings_skip_no_level(post: DemoPost) -> None:
    levels = [1, *(len(marks) for marks in re.findall(r"^(#+) ", post.prose, re.MULTILINE))]
    assert [pair for pair in pairwise(levels) if pair[1] > pair[0] + 1] == []


@each_site
def test_internal_links_lead_to_published_posts(site: str) -> None:
    home = settings_of(site)
    paths = [*LINK.findall(home["home"]["about"]), *(entry["url"] for entry in home["menu"])]
    texts = (*posts_of(site), *pages_of(site))
    paths += [path for text in texts for path in LINK.findall(text.prose)]
    series = {TransliteratedSlugs().make(post.meta["series"]) for post in posts_of(site) if "series" in post.meta}
    known = {"/", "/blog", *(f"/blog/{slug}" for slug in published(site)), *(f"/blog/series/{slug}" for slug in series)}
    known |= {f"/pages/{page.file.stem}" for page in pages_of(site)}
    known |= {f"/blog/feed.{kind}" for kind in ("atom", "rss", "json")} | {"/matrix", "/contacts"}
    assert set(paths) <= known
    assert {slug for text in texts for slug in WIKI.findall(text.prose)} <= published(site).keys()
    assert len(paths) > 20


@each_site
def test_every_picture_is_there_and_every_file_is_used(site: str) -> None:
    used = {settings_of(site)["home"]["picture"]}
    for post in posts_of(site):
        used |= {name for _, name, _ in PICTURE.findall(post.prose)}
        used |= {post.meta["cover"]} if "cover" in post.meta else set()
        assert post.prose.count("](media/") == len(PICTURE.findall(post.prose)), post.file.name
    files = {file.name for file in (TENANTS / site / "content" / "media").iterdir()}
    assert files == used
    assert len(files) >= 8


@each_site
def test_pictures_are_light_and_wide_enough(site: str) -> None:
    for file in (TENANTS / site / "content" / "media").iterdir():
        assert file.stat().st_size < 200_000, file.name
        with Image.open(file) as picture:
            assert picture.format == "WEBP"
            assert picture.width >= (1200 if file.stem == "portrait" else 1600)


@each_site
def test_a_site_shows_everything_the_markdown_can(site: str) -> None:
    text = "\n".join(post.prose for post in published(site).values())
    assert {language for post in published(site).values() for language, _ in post.blocks()} >= LANGUAGES
    shapes = {
        "aligned table": r"^\| :?-+:", "footnote": r"\[\^1\]: ", "done task": r"^ *- \[x\] ",
        "open task": r"^ *- \[ \] ", "nested list": r"^  - ", "quotation": r"^> ", "strikethrough": r"~~\S",
        "alert": r"^> \[!\w+\]$", "formula": r"\$[^$\n]+\$", "displayed formula": r"^\$\$$",
        "h2": r"^## ", "h3": r"^### ", "h4": r"^#### ", "inline code": r"`[^`\n]+`", "picture": r"!\[",
    }  # fmt: skip
    assert [name for name, shape in shapes.items() if not re.search(shape, text, re.MULTILINE)] == []


@each_site
def test_a_site_shows_what_posts_can_be_to_each_other(site: str) -> None:
    series = [post.meta["series_part"] for post in posts_of(site) if "series" in post.meta]
    assert sorted(series) == list(range(1, len(series) + 1))
    assert len(series) >= 3
    assert [post for post in posts_of(site) if post.meta.get("pinned")]
    assert pages_of(site)
    for page in pages_of(site):
        assert set(page.meta) == {"title", "slug", "date", "description"}
        assert page.meta["slug"] == page.file.stem


def test_a_post_of_a_demo_site_is_there_in_two_languages() -> None:
    pairs = [(post.meta["translation_of"], post.meta["lang"]) for post in posts_of("boris") if "lang" in post.meta]
    assert pairs == [("load-average", "en")]
    assert {first for first, _ in pairs} <= published("boris").keys()


@each_post
def test_footnotes_are_called_and_told_once(post: DemoPost) -> None:
    told = re.findall(r"^\[\^(\w+)\]: ", post.prose, re.MULTILINE)
    called = re.findall(r"\[\^(\w+)\](?!:)", post.prose)
    assert sorted(told) == sorted(called)


@each_post
def test_code_is_code(post: DemoPost) -> None:
    for language, code in post.blocks():
        if language == "python":
            compile(code, post.file.name, "exec", flags=ast.PyCF_ALLOW_TOP_LEVEL_AWAIT)
        elif language == "toml":
            tomllib.loads(code)
        elif language == "yaml":
            assert YAML(typ="safe").load(code)
        elif language == "json":
            json.loads(code)


def test_russian_is_set_with_russian_quotes_and_dashes() -> None:
    for post in (*(post for post in posts_of("boris") if "lang" not in post.meta), *pages_of("boris")):
        words = re.sub(r"`[^`]*`|\]\(media/.*|\]\([^)]*\)|^\|.*$", "", post.prose, flags=re.MULTILINE)
        assert not re.search(r"[а-яё] - [а-яё]", words, re.IGNORECASE), post.file.name
        assert not re.search(r"\"[^\"]*[а-яё]", words, re.IGNORECASE), post.file.name
