"""What changes people, roles, tokens, settings, domains or publication stands in the site's log."""

from pathlib import Path

import pytest

from core.access import Action
from tests.architecture.test_routes import actions_of, committing
from tests.architecture.test_use_cases import FILES, use_case_of

RECORDED_NOUNS = frozenset(
    {
        *("user", "invitation", "password_reset", "email_change"),
        *("role", "factor", "token", "audit", "site", "contacts", "tenant", "webhook"),
    }
)
"""People, roles, tokens, settings, domains: whatever is done to them is kept."""
RECORDED = frozenset(
    {
        Action.EDIT_MATRIX,
        Action.IMPORT_CONTENT,
        Action.RUN_IMPORT,
        Action.PREVIEW_POST,
        *(Action.PUBLISH_POST, Action.WITHDRAW_POST, Action.TRASH_POST, Action.RESTORE_POST),
        *(Action.PUBLISH_QUESTION, Action.WITHDRAW_QUESTION, Action.TRASH_QUESTION, Action.RESTORE_QUESTION),
    }
)
"""Publication and other settings: of these nouns some verbs count and some do not."""
UNRECORDED_NOUNS = {
    "post": "drafts and their texts have a history of their own",
    "question": "the same",
    "tag": "what a text is filed under is no publication",
    "sheet": "the matrix's order is seen in the matrix",
    "resource": "the library is no publication",
    "suggestion": "decided in public view of the desk, with the name of who did",
    "matrix": "being read",
    "content": "being taken along",
    "media": "files are shown by texts, and these are what is published",
    "desk": "being opened",
    "session": "coming and going changes nobody's rights; what was refused is noted",
    "whoami": "being asked",
    "access": "being explained",
    "message": "visitors' letters are read and answered; the log would keep what is to be erased",
    "schema": "the operator's, at no site",
    "trash": "the runner's, when the time is up that was told",
    "file": "the runner's",
    "import": "each text that it brings in has its own lines; RECORDED has its end",
    "mail": "the runner's",
    "delivery": "each stands in the webhook's own log of deliveries",
    "task": "the operator's, on what others asked for",
}
"""Why changes of these are not kept, where RECORDED does not say otherwise."""
PLATFORM_VERBS = ("set_hosts", "activate")
ELSEWHERE = (
    "self.audit.record(",
    "consequences.of_",
    "consequences.follow(",
    "row_import.bring(",
    "conclude(",
    *("self.keeping.tell(", "self.joining.welcome("),
    *(f"self.registry.{verb}(" for verb in PLATFORM_VERBS),
)
"""What leaves the line: the trail itself, what follows from each step of a text, and the platform's registry, which
writes to the site's log in the transaction of the change."""
SILENT = {
    "start_import": "nothing is brought in before somebody confirms it",
    "start_question_import": "the same",
    "cancel_import": "what was brought in before has its lines",
    "cancel_question_import": "the same",
    "plant_media": "a picture of the site's folder; it is shown by texts only",
    "plant_sheet": "a sheet of the site's folder; what is published in it has its lines",
    "request_password_reset": "anybody may ask; nothing has changed before the link is used",
    "trim_audit": "the database's function leaves the line, whoever calls it",
}
"""Use cases that ask for such an action and change nothing that the log is for."""


def noun(action: Action) -> str:
    return action.value.partition(".")[0]


def is_recorded(action: Action) -> bool:
    return action in RECORDED or noun(action) in RECORDED_NOUNS


def changes_something(path: Path) -> bool:
    source = path.read_text(encoding="utf-8")
    return use_case_of(path) in committing() or any(f"self.registry.{verb}(" in source for verb in PLATFORM_VERBS)


RECORDING = [path for path in FILES if any(map(is_recorded, actions_of(path))) and changes_something(path)]


@pytest.mark.parametrize("action", Action)
def test_it_is_decided_of_each_action_whether_the_log_has_it(action: Action) -> None:
    assert is_recorded(action) is not (noun(action) in UNRECORDED_NOUNS and action not in RECORDED)


def test_no_decision_is_left_over() -> None:
    nouns = {noun(action) for action in Action}

    assert (RECORDED_NOUNS | set(UNRECORDED_NOUNS)) - nouns == set()


@pytest.mark.parametrize("path", RECORDING, ids=lambda path: path.stem)
def test_a_use_case_that_changes_such_a_thing_records_it(path: Path) -> None:
    source = path.read_text(encoding="utf-8")

    assert any(way in source for way in ELSEWHERE) is (path.stem not in SILENT)


def test_nobody_is_silent_without_need() -> None:
    assert SILENT.keys() <= {path.stem for path in RECORDING}
