"""What somebody typed into a search field, as a query of PostgreSQL. Nothing that is typed is an error."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce
from typing import Any

from sqlalchemy import ColumnElement, case, cast, func, literal, literal_column, or_
from sqlalchemy.dialects.postgresql import REGCONFIG, TSQUERY

LENGTH = 300
TERMS = 16
MARKS = "\ue000\ue001"
"""Around what was found; no text may bring its own."""

_UNSEEN = re.compile(f"[\x00-\x1f\x7f\ud800-\udfff{MARKS}]")
_TERM = re.compile(r'(-?)(?:"([^"]*)"?|([^\s"]+))')
_FOLDED = str.maketrans("ёЁ", "еЕ")
_LANGUAGES = ("english", "russian")

Query = ColumnElement[Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """*is_beginning*: words that begin like it will do as well."""

    text: str
    is_phrase: bool = False
    is_unwanted: bool = False
    is_beginning: bool = False


Wording = Sequence[Sequence[Term]]
"""Alternatives; each asks for all of its terms."""


def cleaned(typed: str) -> str:
    return " ".join(folded(_UNSEEN.sub(" ", unicodedata.normalize("NFC", typed[:LENGTH]))).split())


def folded(text: str) -> str:
    """As the index has it: many type е for ё."""
    return text.translate(_FOLDED)


def understood(typed: str) -> Wording:
    """Words, "phrases", -unwanted, this or that."""
    alternatives: list[list[Term]] = [[]]
    found = _TERM.findall(cleaned(typed))[:TERMS]
    for number, (minus, phrase, word) in enumerate(found, 1):
        if word.lower() == "or" and not minus:
            alternatives.append([])
        elif phrase or word:
            is_last = number == len(found) and not minus and re.fullmatch(r"\w+", word) is not None
            term = Term(text=phrase or word, is_phrase=bool(phrase), is_unwanted=bool(minus), is_beginning=is_last)
            alternatives[-1].append(term)
    return [terms for terms in alternatives if not all(term.is_unwanted for term in terms)]


def tsquery(wording: Wording) -> Query:
    """Finds posts of both languages, each by its own stems."""
    alternatives = [reduce(lambda one, other: one.op("&&")(other), map(_of_term, terms)) for terms in wording]
    if not alternatives:
        return cast("", TSQUERY)
    return reduce(lambda one, other: one.op("||")(other), alternatives)


def plain_words(wording: Wording) -> list[Term]:
    """The words that could be mistyped."""
    terms = (term for terms in wording for term in terms if not term.is_phrase and not term.is_unwanted)
    return [term for term in terms if 3 <= len(term.text) <= 40 and term.text.isalpha()]


def _of_term(term: Term) -> Query:
    stems = [_stem(language, term) for language in _LANGUAGES]
    # Without this a word that says nothing in one language would have to be found in the other.
    says_nothing = or_(*(func.numnode(stem) == 0 for stem in stems))
    made: Query = case((says_nothing, cast("", TSQUERY)), else_=stems[0].op("||")(stems[1]))
    return func.tsquery_not(made, type_=TSQUERY) if term.is_unwanted else made


def _stem(language: str, term: Term) -> Query:
    config = cast(literal_column(f"'{language}'"), REGCONFIG)
    if term.is_beginning:
        return func.to_tsquery(config, literal(f"'{term.text}':*"), type_=TSQUERY)
    make = func.phraseto_tsquery if term.is_phrase else func.plainto_tsquery
    return make(config, literal(term.text), type_=TSQUERY)
