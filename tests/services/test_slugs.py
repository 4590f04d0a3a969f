import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.slugs import SLUG_LENGTH
from services.slugs import TransliteratedSlugs

maker = TransliteratedSlugs()


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("Hello, World!", "hello-world"),
        ("Привет, мир", "privet-mir"),
        ("Щука и Ёж", "shchuka-i-ezh"),
        ("It’s fine", "its-fine"),
        ("don't", "dont"),
        ("  —  ", ""),
        ("", ""),
        ("PostgreSQL 18: what's new?", "postgresql-18-whats-new"),
        ("café ﬁne", "cafe-fine"),
    ],
)
def test_titles_become_words(title: str, slug: str) -> None:
    assert maker.make(title) == slug


def test_a_long_title_ends_between_words() -> None:
    slug = maker.make("word " * 100)

    assert len(slug) <= SLUG_LENGTH
    assert set(slug.split("-")) == {"word"}


@given(st.text(max_size=300))
def test_any_title_gives_a_slug_or_none(title: str) -> None:
    slug = maker.make(title)

    assert set(slug) <= set("abcdefghijklmnopqrstuvwxyz0123456789-")
    assert len(slug) <= SLUG_LENGTH
    assert slug == slug.strip("-")
    assert "--" not in slug
