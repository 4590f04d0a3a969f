"""What can become of a post."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from core.blog.entities import Post, PostStatus, new_post_id
from core.blog.errors import NotReady, PostInTrash
from core.blog.texts import PostText, clean_tags
from core.errors import Invalid
from core.identity import UserId
from core.markdown import Rendered

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
LATER = NOW + timedelta(hours=1)
RENDERED = Rendered(html="<p>Hello</p>", version=1, words=440)
TEXT = PostText(title="Hello", body="Hello", slug="hello", lang="en", tags=("python",))


def draft(**changes: object) -> Post:
    post = Post(
        id=new_post_id(),
        slug="hello",
        title="Hello",
        body="Hello",
        html="<p>Hello</p>",
        renderer_version=1,
        words=440,
        lang="en",
        author_id=UserId("anna"),
        author_name="Anna",
        created_at=NOW,
        updated_at=NOW,
        tags=("python",),
    )
    return replace(post, **changes)  # type: ignore[arg-type]  # test data by field name


def published(**changes: object) -> Post:
    return draft(is_public=True, published_at=NOW, **changes)


def test_a_new_post_is_a_draft_that_nobody_reads() -> None:
    assert draft().status(NOW) is PostStatus.DRAFT
    assert not draft().is_readable(NOW)


def test_publishing_makes_it_readable_from_now_on() -> None:
    post = draft().publish(at=NOW, now=NOW)

    assert post.status(NOW) is PostStatus.PUBLISHED
    assert post.is_readable(NOW)


def test_publishing_twice_changes_nothing() -> None:
    post = draft().publish(at=NOW, now=NOW)

    assert post.publish(at=LATER, now=LATER) is post


def test_a_date_to_come_schedules() -> None:
    post = draft().publish(at=LATER, now=NOW)

    assert post.status(NOW) is PostStatus.SCHEDULED
    assert not post.is_readable(NOW)
    assert post.is_readable(LATER)


def test_a_scheduled_post_can_be_published_at_once() -> None:
    post = draft().publish(at=LATER, now=NOW)

    assert post.publish(at=NOW, now=NOW).published_at == NOW


def test_a_published_post_can_be_moved_to_a_date_to_come() -> None:
    assert published().publish(at=LATER, now=NOW).status(NOW) is PostStatus.SCHEDULED


def test_withdrawing_hides_and_publishing_again_keeps_the_first_date() -> None:
    hidden = published().withdraw(now=LATER)

    assert hidden.status(LATER) is PostStatus.WITHDRAWN
    assert not hidden.is_readable(LATER)
    assert hidden.publish(at=LATER, now=LATER).published_at == NOW


def test_withdrawing_a_scheduled_post_makes_it_a_draft() -> None:
    assert draft().publish(at=LATER, now=NOW).withdraw(now=NOW).status(NOW) is PostStatus.DRAFT


def test_withdrawing_what_is_hidden_changes_nothing() -> None:
    post = draft()

    assert post.withdraw(now=NOW) is post


@pytest.mark.parametrize(("field", "value"), [("title", ""), ("body", "  \n")])
def test_what_lacks_title_or_text_is_not_published(field: str, value: str) -> None:
    with pytest.raises(NotReady) as refused:
        draft(**{field: value}).publish(at=NOW, now=NOW)

    assert [problem.field for problem in refused.value.problems] == [field]


def test_the_trash_hides_and_gives_back_unchanged() -> None:
    post = published()
    trashed = post.trash(at=LATER)

    assert not trashed.is_readable(LATER)
    assert trashed.trash(at=NOW) is trashed
    assert trashed.restore() == post


def test_what_lies_in_the_trash_is_left_alone() -> None:
    trashed = published().trash(at=NOW)

    with pytest.raises(PostInTrash):
        trashed.publish(at=NOW, now=NOW)
    with pytest.raises(PostInTrash):
        trashed.withdraw(now=NOW)
    with pytest.raises(PostInTrash):
        trashed.edit(TEXT, "hello", RENDERED, at=NOW)


def test_editing_takes_text_and_rendering_over() -> None:
    text = replace(TEXT, title=" Bye ", body="Bye", description=" So long ")

    edited = draft().edit(text, "bye", replace(RENDERED, html="<p>Bye</p>"), at=LATER)

    assert (edited.title, edited.slug, edited.html, edited.description) == ("Bye", "bye", "<p>Bye</p>", "So long")
    assert edited.updated_at == LATER


def test_editing_without_a_change_changes_nothing() -> None:
    post = draft()

    assert post.edit(TEXT, "hello", RENDERED, at=LATER) is post


def test_a_public_post_may_not_lose_its_title() -> None:
    with pytest.raises(NotReady):
        published().edit(replace(TEXT, title=""), "hello", RENDERED, at=LATER)


def test_a_draft_may() -> None:
    assert draft().edit(replace(TEXT, title=""), "hello", RENDERED, at=LATER).title == ""


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"slug": "Not a slug"}, "slug"),
        ({"slug": "tags"}, "slug"),
        ({"slug": "2026"}, "slug"),
        ({"slug": "a" * 101}, "slug"),
        ({"title": "x" * 201}, "title"),
        ({"description": "x" * 501}, "description"),
        ({"body": "x" * 500_001}, "body"),
        ({"cover_alt": "x" * 501}, "cover_alt"),
        ({"lang": "de"}, "lang"),
        ({"tags": tuple(f"t{number}" for number in range(13))}, "tags"),
        ({"tags": ("no spaces",)}, "tags"),
        ({"tags": ("x" * 41,)}, "tags"),
    ],
)
def test_unusable_text_is_refused_by_field(changes: dict[str, object], field: str) -> None:
    text = replace(TEXT, **changes)  # type: ignore[arg-type]  # test data by field name

    with pytest.raises(Invalid) as refused:
        draft().edit(text, "hello", RENDERED, at=NOW)

    assert [problem.field for problem in refused.value.problems] == [field]


def test_tags_are_folded_and_never_double() -> None:
    assert clean_tags((" Python ", "python", "", "Базы данных")) == ("python", "базы-данных")


@pytest.mark.parametrize("tag", ["c++", "c#", "node.js", "базы-данных", "x86_64".replace("_", "-")])
def test_tags_of_programmers_are_tags(tag: str) -> None:
    assert replace(TEXT, tags=(tag,)).problems() == []


@pytest.mark.parametrize(("words", "minutes"), [(0, 1), (220, 1), (440, 2), (1100, 5)])
def test_reading_takes_a_minute_at_least(words: int, minutes: int) -> None:
    assert draft(words=words).reading_minutes == minutes


def test_a_post_belongs_to_its_author() -> None:
    assert draft().owner_id == "anna"
