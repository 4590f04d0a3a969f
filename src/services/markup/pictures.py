"""Pictures of the site itself, in the size and the format that a reader's browser likes best."""

import re
from collections.abc import Iterator, MutableMapping, Sequence
from html import escape

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markdown_it.utils import OptionsDict

from core.markdown import FindingKind, ShownPicture, Variant, spoken
from services.markup.report import Report

FOLDER = "/media/"
SIZES = "(min-width: 42rem) 37.5rem, 92vw"
BETTER = ("image/avif", "image/webp")
_OWN = re.compile(r"/media/([A-Za-z0-9][A-Za-z0-9._-]*)(?:[?#][^\x00-\x20\\]*)?")

Env = MutableMapping[str, object]


def is_safe_picture(url: str) -> bool:
    """Pictures come from the site's own files: nobody else learns who reads it, and no path leads out of the folder."""
    return _OWN.fullmatch(url) is not None


def pictures_plugin(md: MarkdownIt) -> None:
    md.add_render_rule("image", _image)


def key_of(url: str) -> str:
    """The key of one of our pictures, or nothing."""
    found = _OWN.fullmatch(url)
    return found[1] if found else ""


def show(token: Token, words: str, report: Report, line: int) -> None:
    """Tell the browser all that is known of the picture at *token*: all but the first may come late."""
    url = str(token.attrs["src"])
    if not words.strip():
        report.find(FindingKind.MISSING_ALT, line, url)
    if not spoken(words):
        token.children = []
    picture = report.picture(key_of(url), line=line, subject=url, absent=FindingKind.MISSING_PICTURE)
    if picture is not None:
        token.meta["picture"] = picture
        token.attrSet("width", str(picture.width))
        token.attrSet("height", str(picture.height))
        if tone := picture.tone:
            token.attrSet("class", tone)
    if report.pictures:
        token.attrSet("loading", "lazy")
    token.attrSet("decoding", "async")
    report.pictures += 1


def _image(renderer: RendererHTML, tokens: Sequence[Token], index: int, options: OptionsDict, env: Env) -> str:
    token = tokens[index]
    picture = token.meta.get("picture")
    if not isinstance(picture, ShownPicture):
        return renderer.image(tokens, index, options, env)
    main = str(token.attrs["src"])
    sources = "".join(_sources(picture, main))
    fallbacks = [variant for variant in picture.variants if variant.content_type not in BETTER]
    if fallbacks:
        token.attrSet("src", FOLDER + max(fallbacks, key=lambda variant: variant.width).key)
    return f"<picture>{sources}{renderer.image(tokens, index, options, env)}</picture>"


def _sources(picture: ShownPicture, main: str) -> Iterator[str]:
    """The main file is WebP: the largest of its kind, should no variant be as large."""
    for content_type in BETTER:
        variants = sorted((variant for variant in picture.variants if variant.content_type == content_type), key=_width)
        candidates = [f"{FOLDER}{variant.key} {variant.width}w" for variant in variants]
        is_main = content_type == "image/webp" and main.endswith(".webp")
        if is_main and all(variant.width < picture.width for variant in variants):
            candidates.append(f"{main} {picture.width}w")
        if candidates:
            yield f'<source type="{content_type}" srcset="{escape(", ".join(candidates))}" sizes="{SIZES}">'


def _width(variant: Variant) -> int:
    return variant.width
