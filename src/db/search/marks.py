"""Finds between marks, as PostgreSQL sees them, and as pieces of the text as it was written."""

import re
from typing import Any

from sqlalchemy import ColumnElement, case, cast, func
from sqlalchemy.dialects.postgresql import REGCONFIG

from core.searching import Piece
from db.search.wording import MARKS, Query, Wording, folded

LOOKED_THROUGH = 100_000
WINDOW = 700
"""A snippet is made of so many letters, from a little before the first word that was looked for: to mark the finds
PostgreSQL has to take every word of them apart."""
_BEFORE = 200
_START, _STOP = MARKS[0], MARKS[1]
_MARKED = re.compile(f"{_START}(.*?){_STOP}", re.DOTALL)
_SHORT = f"StartSel={_START}, StopSel={_STOP}, MinWords=18, MaxWords=36, ShortWord=2"
_ALL = f"StartSel={_START}, StopSel={_STOP}, HighlightAll=true"

Expression = ColumnElement[Any]


def place_of_find(text: Expression, wording: Wording) -> Expression:
    """Where the first word that is looked for stands in *text*, from 1; 0 for nowhere."""
    return func.strpos(func.lower(func.translate(func.left(text, LOOKED_THROUGH), "ёЁ", "еЕ")), _needle(wording))


def window(text: Expression, place: Expression) -> Expression:
    """What stands around *place* of *text*, from the beginning of a word on."""
    start = func.greatest(place - _BEFORE, 1)
    cut = func.substr(text, start, WINDOW)
    return bare(case((start > 1, func.regexp_replace(cut, r"^\S*\s", "")), else_=cut))


def bare(text: Expression) -> Expression:
    """Without marks of its own."""
    return func.translate(text, MARKS, "")


def marked_shortly(text: Expression, query: Query, *, lang: Expression) -> Expression:
    return func.ts_headline(_config(lang), func.translate(text, "ёЁ", "еЕ"), query, _SHORT)


def marked_whole(text: Expression, query: Query, *, lang: Expression) -> Expression:
    return func.ts_headline(_config(lang), func.translate(text, "ёЁ", "еЕ"), query, _ALL)


def pieces(marked: str, original: str) -> list[Piece]:
    """*marked* in the letters of *original*."""
    parts = enumerate(_MARKED.split(_as_written(marked, original)))
    return [Piece(text=part, is_match=number % 2 == 1) for number, part in parts if part]


def _config(lang: Expression) -> Expression:
    return cast(case((lang == "ru", "russian"), (lang == "en", "english"), else_="simple"), REGCONFIG)


def _needle(wording: Wording) -> str:
    """The beginning of the first word that is looked for: endings change."""
    words = (term.text for terms in wording for term in terms if not term.is_unwanted)
    word = next((found[0].lower() for term in words if (found := re.search(r"\w+", term))), "")
    return word[:-2] if len(word) > 5 else word


def _as_written(marked: str, original: str) -> str:
    """*marked* with the letters of *original*: it was marked in folded letters, which are as many."""
    bare = marked.replace(_START, "").replace(_STOP, "")
    at = folded(original).find(bare)
    if bare in original or at < 0:
        return marked
    letters = iter(original[at:])
    return "".join(sign if sign in MARKS else next(letters) for sign in marked)
