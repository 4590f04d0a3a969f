"""Figures, what they were held against, and where they are kept."""

from __future__ import annotations

import json
import platform
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

RESULTS = Path(__file__).parent / "results"


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One measured thing. *limit* None: printed for its own sake; *unit* as printed."""

    name: str
    value: float
    unit: str = ""
    limit: float | None = None
    is_minimum: bool = False

    @property
    def holds(self) -> bool:
        if self.limit is None:
            return True
        return self.value >= self.limit if self.is_minimum else self.value <= self.limit

    def line(self) -> str:
        sign = "≥" if self.is_minimum else "≤"
        bound = "" if self.limit is None else f"  ({sign} {self.limit:g})"
        return f"{'ok ' if self.holds else 'NOT'} {self.name}: {self.value:,.4g} {self.unit}{bound}"


def keep(name: str, figures: Sequence[Figure]) -> Path:
    """Write *figures* to bench/results/*name*.json."""
    RESULTS.mkdir(exist_ok=True)
    path = RESULTS / f"{name}.json"
    entries = [{**asdict(figure), "holds": figure.holds} for figure in figures]
    machine = {"python": platform.python_version(), "machine": platform.machine()}
    path.write_text(json.dumps({"on": machine, "figures": entries}, indent=2, ensure_ascii=False) + "\n")
    return path
