"""Addresses that owners type: menus, ways to be reached."""

from __future__ import annotations

import re
from dataclasses import dataclass

from core.errors import Problem
from core.text import N_

LABEL_LENGTH = 60
URL_LENGTH = 500
_SAFE_URL = re.compile(r"(?:https?://[^\s/][^\s]*|mailto:[^\s]+|tel:[+0-9() -]+|/(?!/)[^\s]*|#[^\s]*)", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    label: str
    url: str


def link_problems(links: tuple[Link, ...], field: str) -> list[Problem]:
    """What is wrong with each of *links*, as fields "menu.0.label"."""
    return [problem for index, link in enumerate(links) for problem in _problems(link, f"{field}.{index}")]


def _problems(link: Link, field: str) -> list[Problem]:
    found = []
    if not link.label.strip():
        found.append(Problem.of(f"{field}.label", N_("A name is needed.")))
    if len(link.label) > LABEL_LENGTH:
        found.append(Problem.of(f"{field}.label", N_("At most %(limit)d characters, please."), limit=LABEL_LENGTH))
    if len(link.url) > URL_LENGTH or not _SAFE_URL.fullmatch(link.url):
        found.append(Problem.of(f"{field}.url", N_("Use an address that begins with https://, mailto:, tel: or /.")))
    return found
