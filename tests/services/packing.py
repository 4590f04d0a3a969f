"""Archives for tests."""

import io
import json
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from core.blog.archives import FoundItem, SkippedItem
from services.archives.files import ArchiveFiles, FolderFiles
from services.archives.ghost import GhostArchive
from services.archives.markdown import MarkdownArchive
from services.archives.opening import OpenArchive
from services.archives.wordpress import WordPressArchive
from services.archives.zips import ZipFiles
from services.slugs import TransliteratedSlugs

SAMPLES = Path(__file__).parents[1] / "samples"
PICTURE = b"\x89PNG a picture"


def in_folder(root: Path, files: Mapping[str, str | bytes]) -> ArchiveFiles:
    for name, content in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return FolderFiles(root)


def in_zip(path: Path, files: Mapping[str, str | bytes]) -> ArchiveFiles:
    path.write_bytes(zipped(files))
    return ZipFiles(path)


def zipped(files: Mapping[str, str | bytes]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return packed.getvalue()


def markdown(files: ArchiveFiles) -> MarkdownArchive:
    return MarkdownArchive(files, TransliteratedSlugs())


def ghost(files: ArchiveFiles, name: str = "ghost.json") -> GhostArchive:
    return GhostArchive(files, name, TransliteratedSlugs())


def wordpress(files: ArchiveFiles, name: str = "wordpress.xml") -> WordPressArchive:
    return WordPressArchive(files, name, TransliteratedSlugs())


def found(archive: OpenArchive) -> dict[str, FoundItem]:
    """What is imported, by slug."""
    return {item.text.slug: item for item in archive.items() if isinstance(item, FoundItem)}


def skipped(archive: OpenArchive) -> dict[str, str]:
    """What stays behind, and why."""
    return {item.source: str(item.reason) for item in archive.items() if isinstance(item, SkippedItem)}


def notes_of(item: FoundItem) -> list[str]:
    return [str(note) for note in item.notes]


def ghost_export(*posts: Mapping[str, Any], **tables: list[Mapping[str, Any]]) -> str:
    rows = [{"id": str(number), "type": "post", "status": "published", **post} for number, post in enumerate(posts)]
    return json.dumps({"db": [{"meta": {}, "data": {"posts": rows, **tables}}]})


def wxr(*items: str) -> str:
    return (
        '<?xml version="1.0" encoding="UTF-8"?><rss version="2.0" xmlns:wp="http://wordpress.org/export/1.2/"'
        ' xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/" xmlns:dc="http://purl.org/dc/elements/1.1/"'
        ' xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>t</title>'
        "<wp:base_site_url>https://old.example/</wp:base_site_url>"
        f"<wp:base_blog_url>https://old.example</wp:base_blog_url>{''.join(items)}</channel></rss>"
    )


def wxr_item(content: str = "", *, number: int = 1, more: str = "", **said: str) -> str:
    fields = {
        "post_id": str(number), "post_type": "post", "status": "publish", "post_name": f"item-{number}",
        "post_date_gmt": "2024-05-01 10:00:00", "post_date": "2024-05-01 13:00:00", **said,
    }  # fmt: skip
    title, link = (
        fields.pop("title", f"Item {number}"),
        fields.pop("link", f"https://old.example/2024/05/item-{number}/"),
    )
    tags = "".join(f"<wp:{name}>{words}</wp:{name}>" for name, words in fields.items())
    text = content.replace("]]>", "]]]]><![CDATA[>")
    body = f"<content:encoded><![CDATA[{text}]]></content:encoded>"
    return f"<item><title>{title}</title><link>{link}</link>{body}{tags}{more}</item>"
