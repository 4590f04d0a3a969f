"""Footnotes, where a program says that they are some."""

import re

from bs4 import Tag

from services.writing.trees import made, tags, text_of, words_of

_NOTES = (
    ".footnotes li[id], ol.footnotes-list > li[id], ol.wp-block-footnotes > li[id], li.footnote-item[id],"
    " section[role=doc-endnotes] li[id]"
)
_BACK = re.compile(r"#?(?:user-content-)?fn-?ref.*|.*-link$", re.IGNORECASE)
_ARROWS = re.compile(r"[\s↩︎⏎^↑\ufe0e]*")


def mark_footnotes(tree: Tag) -> None:
    """References become ``footnote-ref``, the notes ``footnote-list`` at the end, numbered in their order."""
    notes = {text_of(note, "id"): note for note in tree.select(_NOTES)}
    numbers: dict[str, int] = {}
    for link in tags(tree, "a"):
        name = text_of(link, "href").removeprefix("#")
        if name in notes and text_of(link, "href").startswith("#"):
            number = numbers.setdefault(name, len(numbers) + 1)
            holder = link.parent if link.parent is not None and link.parent.name == "sup" else link
            holder.replace_with(made("footnote-ref", number=str(number)))
    if numbers:
        tree.append(_list({number: notes[name] for name, number in numbers.items()}))


def _list(notes: dict[int, Tag]) -> Tag:
    found = made("footnote-list")
    for number, note in sorted(notes.items()):
        holder = note.find_parent(["section", "div", "ol", "ul"])
        for link in tags(note, "a"):
            if _BACK.fullmatch(text_of(link, "href")) or _ARROWS.fullmatch(words_of(link)):
                link.decompose()
        note.extract()
        note.name, note.attrs = "footnote-item", {"number": str(number)}
        found.append(note)
        if isinstance(holder, Tag):
            _remove_empty(holder)
    return found


def _remove_empty(holder: Tag) -> None:
    """The box of the notes and the line above it go with the last note."""
    if holder.find("li") is not None:
        return
    outer = holder.find_parent(["section", "div"])
    box = outer if isinstance(outer, Tag) and "footnotes" in text_of(outer, "class") else holder
    if box.name in ("section", "div", "ol", "ul") and not words_of(box):
        line = box.find_previous_sibling()
        if isinstance(line, Tag) and line.name == "hr" and "footnotes" in text_of(line, "class"):
            line.decompose()
        box.decompose()
