"""Plain words instead of stems."""

import re
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import replace
from difflib import get_close_matches

from core.competency_matrix.cards import FoundQuestion, FoundQuestions, QuestionCard
from core.competency_matrix.entities import Question
from core.pagination import NumberedPage
from core.searching import Piece

Carding = Callable[[Question], QuestionCard]


def search(
    questions: Sequence[Question],
    wider: Collection[Question],
    carded: Carding,
    *,
    text: str,
    lang: str,
    number: int,
    size: int,
    is_brief: bool,
) -> FoundQuestions:
    """In *questions*; words are learnt from *wider*."""
    found = [question for question in questions if has_words(question, text)]
    corrected = None
    if not found:
        corrected = _corrected(text, wider)
        found = [question for question in questions if corrected and has_words(question, corrected)]
    used = _words(corrected or text)
    found.sort(key=lambda question: [_has_all(used, field) for field in _fields(question)], reverse=True)
    shown = found[(number - 1) * size : number * size]
    items = [_found(question, carded, used, lang) for question in shown]
    items = [replace(item, snippet=[]) for item in items] if is_brief else items
    page = NumberedPage(items=items, number=number, size=size, total=len(found))
    return FoundQuestions(page=page, corrected=corrected if found else None)


def has_words(question: Question, text: str) -> bool:
    """All of them; the last one may go on."""
    known, wanted = set(_words(" ".join(_fields(question)))), _words(text)
    if not wanted:
        return False
    return set(wanted[:-1]) <= known and any(word.startswith(wanted[-1]) for word in known)


def _fields(question: Question) -> tuple[str, str, str]:
    said = list(question.wordings.values())
    return (
        " ".join(one.wording.question for one in said),
        " ".join(one.wording.hint for one in said),
        " ".join(one.plain for one in said),
    )


def _has_all(words: Sequence[str], field: str) -> bool:
    known = set(_words(field))
    return set(words[:-1]) <= known and any(word.startswith(words[-1]) for word in known)


def _words(text: str) -> list[str]:
    return re.findall(r"[^\W_]+", text.lower().replace("ё", "е"))


def _corrected(text: str, readable: Iterable[Question]) -> str | None:
    known = {word for question in readable for field in _fields(question) for word in _words(field)}
    words = _words(text)
    near = [word if word in known else next(iter(get_close_matches(word, sorted(known))), word) for word in words]
    return " ".join(near) if near != words else None


def _found(question: Question, carded: Carding, words: Sequence[str], lang: str) -> FoundQuestion:
    card = carded(question)
    snippet = question.shown_in(lang).plain[:200]
    return FoundQuestion(card=card, question=_pieces(card.question, words), snippet=_pieces(snippet, words))


def _pieces(text: str, words: Sequence[str]) -> Sequence[Piece]:
    parts = re.split(r"([^\W_]+)", text)
    return [
        Piece(text=part, is_match=any(one in words or one.startswith(words[-1]) for one in _words(part)))
        for part in parts
        if part
    ]
