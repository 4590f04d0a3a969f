"""What the log says, in each language."""

import ast
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from core.access import Action
from core.audit import AuditEvent, AuditEventId, AuditOutcome
from core.chronicle import Verbs
from core.locales import LOCALES
from entrypoints.http.audit_words import DONE_WORDS, REFUSED_WORDS, actor_name, changes, recorded_actions, sentence
from entrypoints.http.translations import Translations

SOURCE = Path(__file__).parents[2] / "src"
TRANSLATIONS = Translations(SOURCE / "translations")


BARE = AuditEvent(
    id=AuditEventId("1"),
    at=datetime(2026, 5, 4, tzinfo=UTC),
    action=Action.EDIT_SITE,
    outcome=AuditOutcome.DONE,
    actor_id=None,
    actor_name="",
    role="visitor",
)


def recorded() -> set[Action]:
    """All actions that some use case writes into the log."""
    found: set[Action] = set()
    for path in (SOURCE / "core").rglob("*.py"):
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(call, ast.Call) and ast.unparse(call.func) in ("self.audit.record", Verbs.__name__):
                said = [*call.args, *(keyword.value for keyword in call.keywords)]
                names = [
                    name for name in said if isinstance(name, ast.Attribute) and ast.unparse(name.value) == "Action"
                ]
                found |= {Action[name.attr] for name in names}
    return found


@pytest.mark.parametrize("action", sorted(recorded()))
def test_whatever_is_recorded_has_a_sentence(action: Action) -> None:
    assert action in DONE_WORDS


@pytest.mark.parametrize("locale", LOCALES)
def test_each_line_has_words_and_somebody(locale: str) -> None:
    catalogue = TRANSLATIONS.catalogue(locale)

    for action in Action:
        for outcome in AuditOutcome:
            assert sentence(catalogue, replace(BARE, action=action, outcome=outcome))
    assert actor_name(catalogue, BARE)
    assert actor_name(catalogue, replace(BARE, role="operator", actor_name="operator")) != "operator"
    assert recorded_actions(catalogue).keys() <= {*DONE_WORDS, *REFUSED_WORDS}


def test_refusals_and_changes_are_told_in_russian() -> None:
    russian = TRANSLATIONS.catalogue("ru")
    refused = replace(BARE, action=Action.SIGN_IN, outcome=AuditOutcome.REFUSED, after={"reason": "wrong_credentials"})
    done = replace(
        BARE,
        before={"status": "draft", "published_at": ""},
        after={"status": "published", "published_at": "2026-05-04T12:00:00+00:00", "odd_name": "x"},
    )

    assert sentence(russian, refused) == "Отказ во входе"
    assert [change.after for change in changes(russian, refused, str)] == ["Адрес или пароль неверны."]
    told = [(change.name, change.before, change.after) for change in changes(russian, done, lambda at: f"{at:%H}")]
    assert told == [("Статус", "Черновик", "Опубликовано"), ("Опубликовано с", "", "12"), ("Odd name", "", "x")]
