from datetime import UTC, datetime
from pathlib import Path

import pytest

from core.blog.archives import ArchiveFormat, BadArchive, FoundItem, SkippedItem
from core.blog.entities import PostKind
from services.archives.front_matter import BadFrontMatter, split
from services.archives.opening import Archives
from services.slugs import TransliteratedSlugs
from tests.services.packing import (
    PICTURE,
    SAMPLES,
    found,
    in_folder,
    in_zip,
    markdown,
    notes_of,
    skipped,
    zipped,
)  # fmt: skip

HUGO: dict[str, str | bytes] = {
    "content/posts/first.md": (
        "+++\ntitle = 'First'\ndate = 2024-05-01T12:00:00+03:00\ndraft = false\ntags = ['Go', 'two words']\n"
        "aliases = ['/old/first/']\n[cover]\nimage = 'images/cover.jpg'\nalt = 'Cover'\n+++\n\n"
        'See [second]({{< ref "second" >}}), [third](../third/) and [rel](/posts/second/#part).\n\n'
        '{{< figure src="/images/a.png" alt="A" caption="Said" >}}\n\n{{< youtube abc >}}\n\n'
        "{{% note %}}kept{{% /note %}}\n\n"
        '{{< highlight go >}}\nx := 1 // {{< ref "no" >}}\n{{< /highlight >}}\n\n```\n![no](a.png) {{< no >}}\n```\n'
    ),
    "content/posts/second/index.md": (
        "---\ntitle: Second\ndate: 2024-05-02\nslug: zweite\n---\n![B](b.png 'T') ![C](gone.png)\n"
    ),
    "content/posts/second/b.png": PICTURE,
    "content/posts/third.ru.md": "---\ntitle: Третий\ndate: 2024-05-03\ndraft: true\n---\nтекст\n",
    "content/posts/third.md": (
        "---\ntitle: Third\ndate: 2024-05-03\nseries: [Parts]\nfeatured: true\n---\n# Third\n\ntext\n"
    ),
    "content/posts/_index.md": "---\ntitle: All\n---\n",
    "content/about.md": '{\n"title": "About", "author": {"name": "Anna"}\n}\n\nme\n',
    "static/images/a.png": PICTURE,
    "static/images/cover.jpg": PICTURE,
    "themes/x/README.md": "theme",
    "README.md": "about the folder",
    "content/old.html": "<p>x</p>",
    "more.zip": b"PK",
}


def only(tmp_path: Path, text: str, name: str = "a.md", **more: str) -> FoundItem:
    files = {name: text, **{key.replace("__", "/"): words for key, words in more.items()}}
    return next(item for item in markdown(in_folder(tmp_path, files)).items() if isinstance(item, FoundItem))


def test_a_site_of_hugo_comes_over(tmp_path: Path) -> None:
    archive = markdown(in_zip(tmp_path / "a.zip", {f"my-blog/{name}": words for name, words in HUGO.items()}))
    items = found(archive)

    assert {(item.kind, slug) for slug, item in items.items()} == {
        (PostKind.PAGE, "about"), (PostKind.POST, "first"), (PostKind.POST, "zweite"), (PostKind.POST, "third"),
        (PostKind.POST, "third-2"),
    }  # fmt: skip
    first = items["first"]
    assert first.published_at == datetime(2024, 5, 1, 9, tzinfo=UTC)
    assert (first.is_public, first.text.tags) == (True, ("go", "two-words"))
    assert first.text.cover == "my-blog/static/images/cover.jpg"
    assert first.text.cover_alt == "Cover"
    assert first.old_paths == ("/old/first", "/posts/first")
    assert first.text.body == (
        "See [second](/blog/zweite), [third](/blog/third) and [rel](/blog/zweite#h-part).\n\n"
        '![A](import:my-blog/static/images/a.png "Said")\n\n<https://www.youtube.com/watch?v=abc>\n\nkept\n\n'
        '```go\nx := 1 // {{< ref "no" >}}\n```\n\n```\n![no](a.png) {{< no >}}\n```\n'
    )
    assert notes_of(first) == ["The shortcode “note” means nothing here; only what it enclosed came over."]
    assert items["about"].author_name == "Anna"
    assert items["about"].is_public


def test_bundles_translations_and_lists_of_hugo(tmp_path: Path) -> None:
    archive = markdown(in_folder(tmp_path, HUGO))
    items = found(archive)

    second, third, russian = items["zweite"], items["third"], items["third-2"]
    assert second.text.body == "![B](import:content/posts/second/b.png 'T') C\n"
    assert second.missing == ("gone.png",)
    assert second.old_paths == ("/posts/zweite", "/posts/second")
    assert (third.text.series, third.text.is_pinned, third.text.body) == ("Parts", True, "text\n")
    assert (russian.text.lang, russian.text.translation_of, russian.is_public) == ("ru", "third", False)
    assert skipped(archive) == {
        "README.md": "It is about the folder, not part of the site.",
        "content/old.html": "It is no Markdown.",
        "content/posts/_index.md": "It heads a list of other pages; such lists make themselves here.",
        "more.zip": "Archives within the archive are not opened.",
        "themes/x/README.md": "It belongs to a theme or a generator, not to the content.",
    }


def test_a_site_of_jekyll_comes_over(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {
        "_posts/2024-05-01-first-post.md": (
            "---\nlayout: post\ntitle: \"First: a post\"\ncategories: [Life, Work]\ntags: a b\n---\n"
            "{% highlight ruby %}\nputs 1\n{% endhighlight %}\n"
            "[second]({% post_url 2024-05-02-second %}){:target=\"_blank\"}\n"
            "![x]({{ site.baseurl }}/assets/x.png){: .wide}\n{% include ad.html %}\n"
        ),
        "_posts/2024-05-02-second.markdown": (
            "---\ntitle: Second\ndate: 2024-05-02 12:00:00 +0300\npublished: false\n---\nx"
        ),
        "_drafts/third.md": "---\ntitle: Third\n---\nx",
        "about.md": "---\nlayout: page\ntitle: About\npermalink: /who/\n---\nx",
        "assets/x.png": PICTURE,
    }  # fmt: skip
    items = found(markdown(in_folder(tmp_path, files)))

    first = items["first-post"]
    assert first.published_at == datetime(2024, 5, 1, tzinfo=UTC)
    assert first.text.tags == ("a", "b", "life", "work")
    assert first.old_paths == (
        "/2024/05/01/first-post.html", "/2024/05/01/first-post", "/life/work/2024/05/01/first-post.html",
        "/life/work/2024/05/01/first-post",
    )  # fmt: skip
    assert first.text.body == "```ruby\nputs 1\n```\n[second](/blog/second)\n![x](import:assets/x.png)\n"
    assert [items[slug].is_public for slug in ("second", "third", "who")] == [False, False, True]
    assert items["who"].kind is PostKind.PAGE
    assert "/about" in items["who"].old_paths
    assert items["second"].created_at == datetime(2024, 5, 2, 9, tzinfo=UTC)


@pytest.mark.parametrize("marks", [("---\n", "---\n"), ("", "___\n")])
def test_the_names_of_bear_are_known(tmp_path: Path, marks: tuple[str, str]) -> None:
    head = (
        "title: My post\nlink: my-link\npublished_date: 2022-07-08 09:30\ntags: one, two\nmeta_description: Said\n"
        "meta_image: a.png\nis_page: false\nlang: ru\ncanonical_url: https://a.example/x\nalias: old-link\n"
    )
    item = only(tmp_path, f"{marks[0]}{head}{marks[1]}\ntext\n", **{"a.png": "x"})

    text = item.text
    assert (text.title, text.slug, text.tags, text.lang) == ("My post", "my-link", ("one", "two"), "ru")
    assert (text.description, text.meta_description, text.cover) == ("Said", "Said", "a.png")
    assert item.published_at == datetime(2022, 7, 8, 9, 30, tzinfo=UTC)
    assert item.old_paths == ("/old-link", "/my-link", "/a")
    assert text.body == "text\n"


def test_a_plain_file_is_a_draft_named_after_its_heading(tmp_path: Path) -> None:
    item = only(tmp_path, "# Привет, *мир*!\n\ntext\n", "заметка.md")

    assert (item.text.title, item.text.slug, item.text.body) == ("Привет, *мир*!", "zametka", "text\n")
    assert not item.is_public
    assert notes_of(item) == ["It says nowhere when it was published, and comes as a draft."]


@pytest.mark.parametrize(
    ("said", "shown"),
    [("date: 2024-02-31", "2024-02-31"), ("date: soon", "soon"), (f"date: {'x' * 99}", f"{'x' * 59}…")],
)
def test_what_is_no_date_is_named(tmp_path: Path, said: str, shown: str) -> None:
    item = only(tmp_path, f"---\ntitle: A\n{said}\npublished: true\n---\n\ntext\n")

    assert not item.is_public
    assert notes_of(item) == [f"“{shown}” is no date, so it comes as a draft."]


@pytest.mark.parametrize(
    ("said", "note"),
    [
        ("password: x", "password"),
        ("status: private", "hidden"),
        ("hidden: true", "hidden"),
        ("lang: de", "language “de”"),
    ],
)
def test_what_was_hidden_stays_hidden(tmp_path: Path, said: str, note: str) -> None:
    item = only(tmp_path, f"---\ntitle: A\ndate: 2024-05-01\n{said}\n---\nx")

    assert item.is_public is (said == "lang: de")
    assert note in notes_of(item)[0]


def test_html_in_markdown_becomes_markdown_and_code_stays(tmp_path: Path) -> None:
    source = (
        "a <kbd>Ctrl</kbd> <b>b</b><br>c H<sub>2</sub>O `<b>code</b>` <https://a.example> 1 < 2\n\n"
        '<div class="x"><p>in <em>html</em> <script>alert(1)</script></p></div>\n\n'
        '<img src="p.png" alt="P" onerror="alert(1)"> <a href="https://b.example">go</a><!-- gone -->\n\n'
        "    <i>indented</i>\n\n| a<br>b | c |\n|---|---|\n| <i>1</i> | 2 |\n"
    )
    item = only(tmp_path, source, **{"p.png": "x"})

    assert item.text.body == (
        "a `Ctrl` **b**\\\nc H2O `<b>code</b>` <https://a.example> 1 < 2\n\n\nin *html*\n\n\n"
        "![P](import:p.png) [go](https://b.example)\n\n    <i>indented</i>\n\n| a b | c |\n|---|---|\n| *1* | 2 |\n"
    )


def test_links_and_pictures_are_found_however_they_are_written(tmp_path: Path) -> None:
    source = (
        '[![a [b]](<my pic.png>)](https://x.example) [one](b.md) [two](./b.md#Some-Part "T") [p](my%20pic.png)\n'
        "[ref]: b.md 'T'\n[pic]: my%20pic.png\n\n"
        "![no](https://x.example/n.png) [![no](/n.png)](/x) [y](#here) [z](gone.md)\n"
    )
    item = only(tmp_path, source, **{"b.md": "---\ntitle: B\n---\n", "my pic.png": "x"})

    assert item.text.body == (
        '[![a [b]](import:my%20pic.png)](https://x.example) [one](/blog/b) [two](/blog/b#h-some-part "T")'
        " [p](import:my%20pic.png)\n[ref]: /blog/b 'T'\n[pic]: import:my%20pic.png\n\n"
        "[no](https://x.example/n.png) [no](/x) [y](#here) [z](gone.md)\n"
    )
    assert item.missing == ("https://x.example/n.png", "/n.png")


def test_nothing_outside_the_archive_is_a_picture(tmp_path: Path) -> None:
    (tmp_path / "secret.png").write_bytes(b"secret")
    item = only(
        tmp_path / "site", "![a](../secret.png) ![b](/../secret.png) ![c](file:///etc/passwd.png)", "posts/a.md"
    )

    assert item.pictures == ()
    assert len(item.missing) == 3


@pytest.mark.parametrize(
    "head",
    ["---\na: &x [1]\nb: *x\n---\n", "---\na: [\n---\n", "+++\na = \n+++\n", "---\n- a\n---\n", '{\n"a": \n}\n',
     "---\n" + "a: b\n" * 20_000 + "---\n", "---\na: " + "[" * 5_000 + "\n---\n",
     "+++\na = " + "[" * 5_000 + "\n+++\n"],
)  # fmt: skip
def test_front_matter_that_cannot_be_read_is_told(tmp_path: Path, head: str) -> None:
    files = in_folder(tmp_path, {"a.md": f"{head}x", "b.md": "---\n---\nx"})

    assert list(found(markdown(files))) == ["b"]
    assert skipped(markdown(files))["a.md"].startswith("Its front matter cannot be read: ")


def test_values_of_yaml_stay_words() -> None:
    fields, body = split("---\ntitle: 2024\nYes: no\na-b C: !!python/object/apply:os.system [x]\nn: null\n---\n\nbody")

    assert (fields.text("title"), fields.flag("yes"), fields.text("n"), body) == ("2024", False, "", "body")
    assert fields.text("a_b_c") == "x"


def test_nested_names_lists_and_odd_times_are_read() -> None:
    fields, _ = split('---\nx: {B: [1, {name: n}, {}]}\nl: "[\\"p\\", \\"q\\"]"\nm: "[broken"\nd: 2024/5/1 9:05\n---\n')

    assert fields.several("x.b", "l", "m") == ["1", "n", "p", "q", "[broken"]
    assert fields.text("nothing.b", "l.b") == ""
    assert fields.moment("x", "d") == datetime(2024, 5, 1, 9, 5, tzinfo=UTC)


def test_a_json_head_may_not_be_endless() -> None:
    with pytest.raises(BadFrontMatter):
        split('{\n"a": "' + "x" * 70_000 + '"}\n')


def test_an_archive_without_markdown_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadArchive):
        markdown(in_folder(tmp_path, {"a.txt": "x"}))


@pytest.mark.parametrize(
    ("files", "form"),
    [
        ({"wordpress.xml": (SAMPLES / "wordpress.xml").read_bytes(), "a.md": "x"}, ArchiveFormat.WORDPRESS),
        ({"x/ghost.json": (SAMPLES / "ghost.json").read_bytes()}, ArchiveFormat.GHOST),
        ({"a.md": "x", "package.json": "{}", "feed.xml": "<a/>"}, ArchiveFormat.MARKDOWN),
    ],
)
async def test_an_archive_is_recognised_opened_and_closed(
    tmp_path: Path, files: dict[str, str | bytes], form: ArchiveFormat
) -> None:
    (tmp_path / "a.zip").write_bytes(zipped(files))
    in_folder(tmp_path / "folder", files)
    archives = Archives(TransliteratedSlugs())
    try:
        for path in (tmp_path / "a.zip", tmp_path / "folder"):
            for asked in (None, form):
                async with archives.open(path, asked) as archive:
                    items = [item async for item in archive.contents()]
                    assert archive.format is form
                    assert any(isinstance(item, FoundItem) for item in items)
                    assert await archive.picture(next(iter(sorted(files)))) is not None
    finally:
        archives.close()


async def test_a_file_alone_is_an_archive(tmp_path: Path) -> None:
    archives = Archives(TransliteratedSlugs())
    try:
        async with archives.open(SAMPLES / "ghost.json") as archive:
            items = [item async for item in archive.contents()]
        assert sum(isinstance(item, SkippedItem) for item in items) == 4
        (tmp_path / "a.txt").write_text("x")
        (tmp_path / "b.zip").write_text("no zip")
        for name, form in (
            ("none", None),
            ("a.txt", None),
            ("b.zip", None),
            *(("a.txt", form) for form in ArchiveFormat),
        ):
            with pytest.raises(BadArchive):
                async with archives.open(tmp_path / name, form):
                    raise AssertionError
    finally:
        archives.close()
