"""What word processors put on the clipboard."""

import re

from bs4 import Tag

from services.writing.trees import made, tags, text_of, words_of

_LIGHT = re.compile(r"font-weight\s*:\s*(?:normal|[1-4]00)", re.IGNORECASE)
_BOLD = re.compile(r"font-weight\s*:\s*(?:bold|bolder|[6-9]00)", re.IGNORECASE)
_SLANTED = re.compile(r"font-style\s*:\s*(?:italic|oblique)", re.IGNORECASE)
_STRUCK = re.compile(r"text-decoration[a-z-]*\s*:[^;]*line-through", re.IGNORECASE)
_LEVEL = re.compile(r"mso-list\s*:[^;]*\blevel([1-9])", re.IGNORECASE)
_MARKER = re.compile(r"mso-list\s*:\s*Ignore", re.IGNORECASE)
_NUMBER = re.compile(r"\s*\(?[0-9a-z]{1,4}[.)]", re.IGNORECASE)
_DISPLAYED = re.compile(r"\s*\{\\displaystyle (.*)\}\s*", re.DOTALL)
_STYLES = ((_BOLD, "strong"), (_SLANTED, "em"), (_STRUCK, "s"))


def tidy_paste(tree: Tag) -> None:
    """Change *tree* in place: lists of Word, bold and slanted words of Google Docs, wrappers that mean nothing."""
    _word_lists(tree)
    _maths(tree)
    for tag in tags(tree, "b", "strong", "i", "em", "span"):
        style = text_of(tag, "style")
        if tag.name in ("b", "strong") and _LIGHT.search(style):
            tag.name = "span"
        if tag.name != "span":
            continue
        if words_of(tag) and tag.find_parent(["pre", "code", re.compile("h[1-6]")]) is None:
            _wrap_content(tag, [name for pattern, name in _STYLES if pattern.search(style)])
        tag.unwrap()
    for tag in tags(tree, "tt"):
        tag.name = "code"
    for tag in tags(tree, "i", "b", "del", "strike"):
        tag.name = {"i": "em", "b": "strong"}.get(tag.name, "s")
    _join_neighbours(tree)


def _wrap_content(tag: Tag, names: list[str]) -> None:
    for name in names:
        inner = made(name)
        for child in list(tag.children):
            inner.append(child)
        tag.append(inner)


def _join_neighbours(tree: Tag) -> None:
    """Bold beside bold is one bold."""
    for tag in tags(tree, "em", "strong", "s"):
        before = tag.previous_sibling
        if isinstance(before, Tag) and before.name == tag.name:
            for child in list(before.children)[::-1]:
                tag.insert(0, child)
            before.decompose()


def _maths(tree: Tag) -> None:
    """Formulas that carry their source."""
    for source in tags(tree, "math"):
        outer = source.find_parent(class_=re.compile(r"katex|mwe-math"))
        annotation = source.find("annotation")
        words = annotation.get_text() if isinstance(annotation, Tag) else text_of(source, "alttext")
        if found := _DISPLAYED.fullmatch(words):
            words = found[1]
        holder = outer if isinstance(outer, Tag) else source
        holder.replace_with(made("tex", words.strip()) if words.strip() else words_of(source))


def _word_lists(tree: Tag) -> None:
    """Paragraphs that Word calls items of a list."""
    open_lists: list[Tag] = []
    for paragraph in tags(tree, "p"):
        level = _LEVEL.search(text_of(paragraph, "style"))
        if level is None:
            open_lists = []
            continue
        marker = next((span for span in tags(paragraph, "span") if _MARKER.search(text_of(span, "style"))), None)
        is_numbered = marker is not None and bool(_NUMBER.match(marker.get_text()))
        if marker is not None:
            marker.decompose()
        _into_list(paragraph, open_lists, int(level[1]), "ol" if is_numbered else "ul")


def _into_list(paragraph: Tag, open_lists: list[Tag], level: int, name: str) -> None:
    del open_lists[level:]
    while len(open_lists) < level:
        fresh = made(name)
        if open_lists and (items := [item for item in open_lists[-1].children if isinstance(item, Tag)]):
            items[-1].append(fresh)
        elif open_lists:
            open_lists[-1].append(made("li", fresh))
        else:
            paragraph.insert_before(fresh)
        open_lists.append(fresh)
    paragraph.name = "li"
    open_lists[-1].append(paragraph)
