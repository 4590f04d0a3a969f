"""Every action is said in plain words, in both languages, and nothing is said of what is none."""

from pathlib import Path

import pytest

from core import actions
from core.access import OPERATOR_ACTIONS, Action
from core.actions import ABOUT, Group
from core.identity import SITE_ROLES
from entrypoints.http.role_words import ROLE_NAMES, ROLE_TEXTS
from entrypoints.http.translations import Translations

FOLDER = Path(__file__).parents[2] / "src/translations"
russian = Translations(FOLDER).catalogue("ru")


@pytest.mark.parametrize("action", Action)
def test_every_action_has_a_group_and_words_in_both_languages(action: Action) -> None:
    about = ABOUT.get(action)

    assert about is not None, "core/actions.py says what it is for people"
    assert russian.gettext(about.text) != about.text
    assert (about.group is Group.OPERATOR) is (action in OPERATOR_ACTIONS)


def test_no_words_are_left_over_and_none_serves_twice() -> None:
    assert set(actions.WORDS) == {action.value for action in Action}
    assert len({about.text for about in ABOUT.values()}) == len(ABOUT)


def test_groups_and_roles_are_called_something_in_both_languages() -> None:
    for text in [*(group.value for group in Group), *ROLE_NAMES.values(), *ROLE_TEXTS.values()]:
        assert russian.gettext(text) != text
    assert set(SITE_ROLES) <= ROLE_NAMES.keys()
    assert set(SITE_ROLES) == ROLE_TEXTS.keys()
