"""How two states of a question differ."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from core.competency_matrix.texts import QuestionText, Wording
from core.diff import Difference, word_diff

_WORDS = ("question", "hint", "answer", "expectation")


def differences(old: QuestionText, new: QuestionText) -> Sequence[Difference]:
    """Of the fields that differ only, in the order of the form; those of a translation as "translations.ru.answer".
    Takes up to a second for the longest texts."""
    before, after = _said(old), _said(new)
    names = dict.fromkeys((*before, *after))
    pairs = ((name, before.get(name, ""), after.get(name, "")) for name in names)
    return tuple(
        Difference(field=name, old=was, new=is_now, changes=word_diff(was, is_now) if _is_prose(name) else ())
        for name, was, is_now in pairs
        if was != is_now
    )


def _said(text: QuestionText) -> Mapping[str, str]:
    said = {
        **_words(text.wording),
        "slug": text.slug,
        "subsection_id": text.subsection_id,
        "grade": text.grade or "",
        "frequency": text.frequency or "",
        "resources": "\n".join(f"{one.resource_id} {one.why}".strip() for one in text.resources),
        "evidence": "\n".join(text.evidence),
    }
    for lang, wording in sorted(text.translations.items()):
        said |= {f"translations.{lang}.{name}": words for name, words in _words(wording).items()}
    return said


def _words(wording: Wording) -> Mapping[str, str]:
    return {name: getattr(wording, name) for name in _WORDS}


def _is_prose(name: str) -> bool:
    return name.rpartition(".")[2] in _WORDS
