"""What the log says, in each language."""

import ast
import re
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from core.access import Action
from core.audit import AuditEvent, AuditEventId, AuditOutcome
from core.chronicle import Verbs
from core.locales import LOCALES
from core.mail import VALUES
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


def literal_facts() -> set[str]:
    """The names of all facts that are spelled out where something is recorded; words of letters are none."""
    found: set[str] = set()
    for path in (SOURCE / "core").rglob("use_cases/*.py"):
        source = path.read_text(encoding="utf-8")
        if "self.audit.record(" in source:
            dicts = (node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Dict))
            keys = (key for node in dicts for key in node.keys if isinstance(key, ast.Constant))
            found |= {str(key.value) for key in keys}
    return found - {word for words in VALUES.values() for word in words}


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


def test_keys_of_the_log_are_said_in_words_for_people() -> None:
    russian = TRANSLATIONS.catalogue("ru")
    done = replace(
        BARE,
        before={"post.publish": "none", "state": "live"},
        after={
            "post.publish": "own",
            "state": "revoked",
            "scopes": "post.draft, post.edit, no.more",
            "is_draft_only": "yes",
            "base": "author",
            "about": "true",
        },
    )

    told = [(change.name, change.before, change.after) for change in changes(russian, done, str)]

    assert told == [
        ("Публиковать записи и страницы", "Нет", "Только своё"),
        ("Состояние", "действует", "отозван"),
        ("Права", "", "Писать новые записи и страницы, Менять записи и страницы"),
        ("Только черновики", "", "Да"),
        ("Начинает с правами роли", "", "Автор"),
        ("О сайте", "", "true"),
    ]


@pytest.mark.parametrize("name", sorted(literal_facts()))
def test_each_fact_has_a_name(name: str) -> None:
    known = TRANSLATIONS.catalogue("ru")
    [change] = changes(known, replace(BARE, after={name: "x"}), str)

    assert re.search("[а-яё]", change.name, re.IGNORECASE), change.name
