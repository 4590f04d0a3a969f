"""Keeps the catalogues in step with the code: `python -m dev.translations` writes, `--check` only looks."""

from __future__ import annotations

import argparse
import sys
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parents[1]
SOURCE = ROOT / "src"
LOCALES = ("en", "ru")
KEYWORDS: dict[str, tuple[int, ...] | None] = {"_": None, "N_": None, "gettext": None, "ngettext": (1, 2)}
WRITTEN = datetime(2026, 11, 23, tzinfo=UTC)
"""One date for all: a catalogue changes when its sentences do, not when somebody looks."""


def extracted() -> Catalog:
    """Every sentence that the code and the templates show."""
    with (ROOT / "babel.cfg").open(encoding="utf-8") as file:
        methods, options = parse_mapping_cfg(file, filename="babel.cfg")  # type: ignore[no-untyped-call]  # untyped in Babel
    template = Catalog(project="Terrace", charset="utf-8")
    for name, _, message, comments, context in extract_from_dir(SOURCE, methods, options, KEYWORDS):
        template.add(message, None, [(name, 0)], auto_comments=comments, context=context)
    return template


def path_of(locale: str) -> Path:
    return SOURCE / "translations" / locale / "LC_MESSAGES" / "messages.po"


def present(locale: str) -> Catalog:
    if not path_of(locale).exists():
        return Catalog(locale=locale, project="Terrace", charset="utf-8", fuzzy=False)
    with path_of(locale).open("rb") as file:
        return read_po(file, locale=locale)


def updated(locale: str, template: Catalog) -> bytes:
    """The catalogue of *locale* with exactly the sentences of *template*; none is guessed from a similar one."""
    catalogue = present(locale)
    catalogue.update(template, no_fuzzy_matching=True)
    catalogue.obsolete.clear()
    catalogue.project, catalogue.version, catalogue.copyright_holder = "Terrace", "1", "the Terrace authors"
    catalogue.header_comment = "# Terrace's sentences. Written by `make translations`; only msgstr is edited by hand."
    catalogue.creation_date = catalogue.revision_date = WRITTEN
    catalogue.msgid_bugs_address = ""
    catalogue.last_translator, catalogue.language_team = "", ""
    file = BytesIO()
    write_po(file, catalogue, width=110, no_location=True, sort_output=True, ignore_obsolete=True)
    return file.getvalue()


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="change nothing; fail when something would change")
    is_check = parser.parse_args().check
    template = extracted()
    changed = []
    for locale in LOCALES:
        text, path = updated(locale, template), path_of(locale)
        if path.exists() and path.read_bytes() == text:
            continue
        changed.append(str(path.relative_to(ROOT)))
        if not is_check:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(text)
    for name in changed:
        print(f"{name}: {'out of step, run make translations' if is_check else 'written'}")
    return 1 if changed and is_check else 0


if __name__ == "__main__":
    sys.exit(main())
