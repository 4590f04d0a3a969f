"""What can become of a post."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from core.blog.entities import Post, PostId, PostStatus, Typeset, new_post_id
from core.blog.errors import NotReady, PostInTrash
from core.blog.texts import PostText, clean_tags, tag_problem, text_fields, text_of
from core.errors import Invalid
from core.identity import UserId
from core.markdown import Finding, FindingKind, Rendered

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
LATER = NOW + timedelta(hours=1)
RENDERED = Rendered(html="<p>Hello</p>", version=1, words=440)
SET = Typeset(slug="hello", rendered=RENDERED)
TEXT = PostText(title="Hello", body="Hello", slug="hello", lang="en", tags=("python",))


def draft(**changes: object) -> Post:
    new = new_post_id()
    post = Post(
        id=new,
        group_id=new,
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
        trashed.edit(TEXT, SET, at=NOW)


def test_editing_takes_text_and_rendering_over() -> None:
    text = replace(TEXT, title=" Bye ", body="Bye", description=" So long ")

    edited = draft().edit(text, Typeset(slug="bye", rendered=replace(RENDERED, html="<p>Bye</p>")), at=LATER)

    assert (edited.title, edited.slug, edited.html, edited.description) == ("Bye", "bye", "<p>Bye</p>", "So long")
    assert edited.updated_at == LATER


def test_editing_without_a_change_changes_nothing() -> None:
    post = draft()

    assert post.edit(TEXT, SET, at=LATER) is post


def test_a_public_post_may_not_lose_its_title() -> None:
    with pytest.raises(NotReady):
        published().edit(replace(TEXT, title=""), SET, at=LATER)


def test_a_draft_may() -> None:
    assert draft().edit(replace(TEXT, title=""), SET, at=LATER).title == ""


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
        ({"series": "x" * 101}, "series"),
        ({"series_part": 1}, "series"),
        ({"series": "Parts", "series_part": 0}, "series_part"),
        ({"series": "Parts", "series_part": 1001}, "series_part"),
        ({"meta_title": "x" * 201}, "meta_title"),
        ({"canonical_url": "https://" + "x" * 500}, "canonical_url"),
        ({"canonical_url": "elsewhere.example"}, "canonical_url"),
        ({"canonical_url": "https://[broken"}, "canonical_url"),
        ({"canonical_url": "https://a b.example"}, "canonical_url"),
    ],
)
def test_unusable_text_is_refused_by_field(changes: dict[str, object], field: str) -> None:
    text = replace(TEXT, **changes)  # type: ignore[arg-type]  # test data by field name

    with pytest.raises(Invalid) as refused:
        draft().edit(text, SET, at=NOW)

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


def test_a_text_comes_back_as_it_was_typed_and_kept() -> None:
    text = replace(TEXT, series="Parts", series_part=2, is_pinned=True, canonical_url="https://elsewhere.example/it")
    post = draft().edit(text, replace(SET, series_slug="parts"), at=LATER)

    assert post.text == text
    assert text_of(text_fields(text)) == text
    assert text_of({"title": "Old", "body": "", "gone": 1}) == PostText(title="Old", body="")


def test_one_of_a_group_names_the_one_that_was_there_first() -> None:
    post = draft()

    assert post.translation_of == ""
    assert replace(post, group_id=PostId("original")).translation_of == "original"
    assert draft(group_id=PostId("")).translation_of == ""


def test_it_is_announced_once_and_only_when_it_can_be_read() -> None:
    assert draft().announce(at=NOW).announced_at is None
    announced = published().announce(at=NOW)
    assert announced.announced_at == NOW
    assert announced.announce(at=LATER) is announced


def test_the_trash_says_when_it_will_lose_a_post() -> None:
    assert draft().gone_at is None
    assert draft(trashed_at=NOW).gone_at == NOW + timedelta(days=30)


def test_what_a_writer_should_see_to_does_not_forbid_to_publish() -> None:
    post = draft(cover="cat.webp", findings=(Finding(kind=FindingKind.EMPTY_HEADING, line=7),))

    assert [(item.code, item.line) for item in post.readiness()] == [
        ("no_description", None),
        ("missing_alt", None),
        ("empty_heading", 7),
    ]
    assert post.publish(at=NOW, now=NOW).is_public


@pytest.mark.parametrize(
    ("tag", "is_usable"), [("go", True), ("c++", True), ("!!", False), ("x" * 41, False), ("", False)]
)
def test_a_tag_is_letters_digits_and_hyphens(tag: str, is_usable: bool) -> None:
    assert (tag_problem(tag) is None) is is_usable
