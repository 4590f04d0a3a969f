"""Counts of the matrix as pictures that the server draws: sizes for SVG, in its own units."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from entrypoints.web.views.matrix import GradeMark

TALLEST = 40
LEAST = 2
"""A bar that stands for something is at least so high or wide: one of three hundred must not vanish."""
WIDEST = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class GradeBar:
    """How many questions of a grade there are; the bar's *height* is in units of TALLEST. *url* leads to them."""

    grade: GradeMark
    count: int
    height: int
    url: str = ""

    @property
    def y(self) -> int:
        return TALLEST - self.height


@dataclass(frozen=True, slots=True, kw_only=True)
class CoverageSegment:
    """A part of a line, from *x* on, in units of WIDEST."""

    grade: GradeMark
    count: int
    with_evidence: int
    x: int
    width: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CoverageLine:
    """A section: its questions by grade side by side, and how many of them (as wide as *evidence_width*) have
    evidence."""

    name: str
    segments: tuple[CoverageSegment, ...]
    count: int
    with_evidence: int
    evidence_width: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CoverageSheet:
    name: str
    url: str
    lines: tuple[CoverageLine, ...]
    count: int
    with_evidence: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CoverageChart:
    """`matrix/_coverage.html`: the same scale for all sheets, so that they can be compared."""

    grades: tuple[GradeMark, ...]
    sheets: tuple[CoverageSheet, ...]


def bar_height(count: int, most: int) -> int:
    return max(LEAST, round(TALLEST * count / most)) if count else 0


def coverage_line(name: str, cells: Sequence[tuple[GradeMark, int, int]], *, most: int) -> CoverageLine:
    """*cells* are grades with their questions and how many of these have evidence; *most* questions are WIDEST."""
    segments, x = [], 0
    for grade, count, with_evidence in cells:
        width = _width(count, most)
        if count:
            segments.append(CoverageSegment(grade=grade, count=count, with_evidence=with_evidence, x=x, width=width))
        x += width
    evidence = sum(segment.with_evidence for segment in segments)
    return CoverageLine(
        name=name,
        segments=tuple(segments),
        count=sum(segment.count for segment in segments),
        with_evidence=evidence,
        evidence_width=_width(evidence, most),
    )


def _width(count: int, most: int) -> int:
    return max(LEAST, round(WIDEST * count / most)) if count else 0
