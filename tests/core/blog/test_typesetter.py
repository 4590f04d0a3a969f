"""From what was typed to what is kept."""

from dataclasses import replace

from core.blog.entities import PostId, PostKind
from core.blog.errors import TranslationTaken, UnknownTranslation
from core.markdown import FindingKind
from tests.core.house import House
from tests.core.makers import NOW, TEXT, draft, published

RUSSIAN = replace(TEXT, lang="ru", translation_of="hello")


async def test_a_series_has_an_address_made_from_its_name(house: House) -> None:
    named = await house.typesetter.set(replace(TEXT, series="Deadlines, in practice"), kind=PostKind.POST)
    nameless = await house.typesetter.set(replace(TEXT, series="…"), kind=PostKind.POST)
    none = await house.typesetter.set(TEXT, kind=PostKind.POST)

    assert [typeset.series_slug for typeset in (named, nameless, none)] == ["deadlines-in-practice", "series", ""]


async def test_a_translation_is_named_by_slug_or_by_id(house: House) -> None:
    original = house.has_post(replace(draft("hello"), id=PostId("f" * 32), group_id=PostId("f" * 32)))

    for name in ("hello", original.id):
        typeset = await house.typesetter.set(replace(RUSSIAN, translation_of=name), kind=PostKind.POST)
        assert typeset.group_id == original.id


async def test_a_translation_of_a_translation_joins_the_first(house: House) -> None:
    house.has_post(draft("hello"))
    member = house.has_post(replace(draft("privet"), lang="ru", group_id=PostId("hello")))

    typeset = await house.typesetter.set(
        replace(TEXT, translation_of=member.slug, lang="en", slug="again"),
        kind=PostKind.POST,
        own=house.posts.kept[PostId("hello")],
    )

    assert typeset.group_id == "hello"


async def test_a_language_has_one_text_in_a_group(house: House) -> None:
    original = house.has_post(draft("hello"))
    house.has_post(replace(draft("privet"), lang="ru", group_id=original.id))

    with house.refuses(TranslationTaken):
        await house.typesetter.set(RUSSIAN, kind=PostKind.POST)
    with house.refuses(TranslationTaken):
        await house.typesetter.set(replace(TEXT, lang="ru"), kind=PostKind.POST, own=original)


async def test_what_stays_in_its_group_may_be_saved_again(house: House) -> None:
    original = house.has_post(draft("hello"))
    member = house.has_post(replace(draft("privet"), lang="ru", group_id=original.id))

    kept = await house.typesetter.set(replace(RUSSIAN, translation_of=original.id), kind=PostKind.POST, own=member)
    alone = await house.typesetter.set(replace(RUSSIAN, translation_of=""), kind=PostKind.POST, own=member)
    itself = await house.typesetter.set(replace(TEXT, translation_of="hello"), kind=PostKind.POST, own=original)

    assert (kept.group_id, alone.group_id, itself.group_id) == (original.id, None, None)


async def test_there_must_be_something_to_translate(house: House) -> None:
    house.has_post(draft("thrown", trashed_at=NOW))
    house.has_post(replace(draft("about"), kind=PostKind.PAGE))

    for name in ("nothing", "thrown", "about"):
        with house.refuses(UnknownTranslation):
            await house.typesetter.set(replace(RUSSIAN, translation_of=name), kind=PostKind.POST)


async def test_a_text_is_rendered_with_what_the_site_knows(house: House) -> None:
    house.has_post(published("known"))
    text = replace(TEXT, body="[[post:known]]\n[[post:missing]]")

    rendered = await house.typesetter.render(text)

    assert rendered.mentions == ("post:known", "post:missing")
    assert [(finding.kind, finding.line) for finding in rendered.findings] == [(FindingKind.BROKEN_LINK, 2)]
    assert house.transaction.rests == 1
