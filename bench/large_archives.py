"""Archives as large as real ones: `python -m bench.large_archives ghost 500 /tmp/ghost.zip`."""

from __future__ import annotations

import io
import json
import random
import sys
import zipfile
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from html import escape
from pathlib import Path

from PIL import Image

from core.blog.archives import ArchiveFormat

START = datetime(2015, 1, 1, 9, tzinfo=UTC)
WORDS = (
    *(
        "harbour",
        "snow",
        "bridge",
        "letter",
        "garden",
        "window",
        "evening",
        "river",
        "paper",
        "wood",
        "engine",
        "train",
    ),
    *("мост", "снег", "письмо", "сад", "окно", "вечер", "река", "бумага", "дерево", "поезд", "кухня", "утро", "свет"),
)
PICTURE_PLACES = {
    ArchiveFormat.MARKDOWN: "static/images/{name}",
    ArchiveFormat.GHOST: "content/images/2024/05/{name}",
    ArchiveFormat.WORDPRESS: "wp-content/uploads/2024/05/{name}",
}


class LargeArchive:
    """The same for the same numbers: *posts* of about 400 words, two *pictures* in each, links from each to another."""

    def __init__(self, posts: int, pictures: int = 20) -> None:
        self._posts = posts
        self._pictures = max(1, min(pictures, posts))
        self._chance = random.Random(posts)

    def write(self, form: ArchiveFormat, path: Path) -> None:
        """A zip of *form* at *path*."""
        exports: dict[ArchiveFormat, Callable[[], Iterator[tuple[str, str]]]] = {
            ArchiveFormat.MARKDOWN: self._markdown,
            ArchiveFormat.GHOST: self._ghost,
            ArchiveFormat.WORDPRESS: self._wordpress,
        }
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, content in exports[form]():
                archive.writestr(name, content)
            for number in range(self._pictures):
                archive.writestr(PICTURE_PLACES[form].format(name=_picture_name(number)), _picture(number))

    def _markdown(self) -> Iterator[tuple[str, str]]:
        for number in range(self._posts):
            first, second = self._shown(number)
            body = "\n\n".join(self._paragraphs())
            head = f'---\ntitle: "Post {number}"\ndate: {_time(number):%Y-%m-%dT%H:%M:%SZ}\ntags: [{_tags(number)}]\n'
            yield (
                f"content/posts/post-{number}.md",
                (
                    f"{head}cover: /images/{first}\n---\n\n{body}\n\n## Part\n\n![One](/images/{first}) and"
                    f" [another](../post-{self._other(number)}/)\n\n"
                    f"```python\nprint({number})\n```\n\n![Two](/images/{second})\n"
                ),
            )

    def _ghost(self) -> Iterator[tuple[str, str]]:
        tags = [{"id": str(tag), "name": f"tag {tag}", "slug": f"tag-{tag}"} for tag in range(10)]
        rows = [
            {
                "id": str(number), "uuid": f"u{number}", "type": "post", "status": "published", "visibility": "public",
                "title": f"Post {number}", "slug": f"post-{number}", "published_at": _stamp(number),
                "html": self._html(number, "__GHOST_URL__", "__GHOST_URL__/content/images/2024/05"),
            }
            for number in range(self._posts)
        ]  # fmt: skip
        joins = [{"post_id": str(number), "tag_id": str(number % 10)} for number in range(self._posts)]
        data = {"posts": rows, "tags": tags, "posts_tags": joins}
        yield "ghost.json", json.dumps({"db": [{"meta": {"version": "6.65.0"}, "data": data}]})

    def _wordpress(self) -> Iterator[tuple[str, str]]:
        site, uploads = "https://old.example", "https://old.example/wp-content/uploads/2024/05"
        items = "".join(
            f"<item><title>Post {number}</title><link>{site}/post-{number}/</link><dc:creator>anna</dc:creator>"
            f"<content:encoded><![CDATA[{self._html(number, site, uploads)}]]></content:encoded>"
            f"<wp:post_id>{number}</wp:post_id><wp:post_type>post</wp:post_type><wp:status>publish</wp:status>"
            f"<wp:post_name>post-{number}</wp:post_name><wp:post_date_gmt>{_stamp(number)}</wp:post_date_gmt>"
            f'<category domain="post_tag" nicename="tag-{number % 10}">tag {number % 10}</category></item>'
            for number in range(self._posts)
        )
        yield (
            "wordpress.xml",
            (
                '<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"'
                ' xmlns:content="http://purl.org/rss/1.0/modules/content/"'
                ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:wp="http://wordpress.org/export/1.2/"><channel>'
                f"<title>Old</title><wp:base_blog_url>{site}</wp:base_blog_url>{items}</channel></rss>"
            ),
        )

    def _html(self, number: int, site: str, images: str) -> str:
        first, second = self._shown(number)
        body = "".join(f"<p>{escape(words)}</p>" for words in self._paragraphs())
        return (
            f'{body}<h2>Part</h2><figure><img src="{images}/{first}" alt="One"><figcaption>Caption</figcaption>'
            "</figure>"
            f'<p><a href="{site}/post-{self._other(number)}/">another</a></p><ul><li>one<ol><li>two</li></ol></li></ul>'
            f'<pre><code class="language-python">print({number})</code></pre><p>'
            f'<img src="{images}/{second}" alt="Two"></p>'
            "<table><thead><tr><th>a</th><th>b</th></tr></thead><tbody><tr><td>1</td><td>2</td></tr></tbody></table>"
        )

    def _paragraphs(self) -> list[str]:
        return [" ".join(self._chance.choices(WORDS, k=50)) + "." for _ in range(8)]

    def _shown(self, number: int) -> tuple[str, str]:
        return _picture_name(number % self._pictures), _picture_name((number + 1) % self._pictures)

    def _other(self, number: int) -> int:
        return (number * 7 + 1) % self._posts


def _time(number: int) -> datetime:
    return START + timedelta(hours=11 * number)


def _stamp(number: int) -> str:
    return f"{_time(number):%Y-%m-%d %H:%M:%S}"


def _tags(number: int) -> str:
    return f"tag {number % 10}, tag {number % 7}"


def _picture_name(number: int) -> str:
    return f"picture-{number}.jpg"


def _picture(number: int) -> bytes:
    """800 by 600, each of another colour."""
    packed = io.BytesIO()
    Image.effect_noise((800, 600), 10 + number % 90).convert("RGB").save(packed, "JPEG", quality=80)
    return packed.getvalue()


def main() -> None:
    form, posts, path = ArchiveFormat(sys.argv[1]), int(sys.argv[2]), Path(sys.argv[3])
    LargeArchive(posts).write(form, path)
    print(f"{path}: {path.stat().st_size} bytes")


if __name__ == "__main__":
    main()
