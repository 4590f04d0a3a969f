"""Where things of the matrix are."""

from __future__ import annotations

from core.competency_matrix.sheets import Sheet

MATRIX = "/matrix"
SUGGESTIONS = f"{MATRIX}/suggestions"
SECTION = "matrix"
"""Its name among the sections of a site."""


def sheet_url(sheet: Sheet) -> str:
    return f"{MATRIX}/{sheet.key}"


def question_url(sheet: Sheet, slug: str) -> str:
    return f"{MATRIX}/{sheet.key}/{slug}"


def interview_url(sheet: Sheet) -> str:
    return f"{MATRIX}/{sheet.key}/interview"
