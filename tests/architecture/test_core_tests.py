"""Every use case has its own tests, and one of them shows whom it refuses."""

import ast
import re
from pathlib import Path

import pytest

from core.access import OWNABLE_ACTIONS
from core.errors import TerraceError
from tests.architecture.test_use_cases import FILES, call_of, required_actions, use_case_of

TESTS = Path(__file__).parents[1] / "core"
REFUSED_ACTORS = ("Forbidden", "Unauthenticated", "error")
HIDING = {"show_post": "PostNotFound", "open_question": "QuestionNotFound"}
"""Use cases that answer who may not see a thing as if it were not there."""
MOCKING = {"mock", "unittest"}


def file_for(path: Path) -> Path:
    """``core/blog/use_cases/publish_post.py`` → ``tests/core/blog/test_publish_post.py``"""
    return TESTS / path.parents[1].name / f"test_{path.name}"


def functions_in(path: Path) -> list[ast.FunctionDef | ast.AsyncFunctionDef]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    functions = [node for node in tree.body if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef))]
    return [function for function in functions if function.name.startswith("test_")]


def refused_actors(path: Path) -> list[str]:
    """Names of the tests in which an actor is refused by the use case in *path*, nothing being changed."""
    errors = {*REFUSED_ACTORS, HIDING.get(path.stem)}
    return [
        function.name
        for function in functions_in(file_for(path))
        if any(word in function.name for word in ("refused", "may_not"))
        and any(f".refuses({error})" in ast.unparse(function) for error in errors)
    ]


def all_errors(root: type[TerraceError] = TerraceError) -> set[str]:
    """The names of the business's errors; the edges have some of their own."""
    ours = [error for error in root.__subclasses__() if error.__module__.startswith("core.")]
    return {name for error in ours for name in (error.__name__, *all_errors(error))}


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_use_case_has_tests_and_one_refuses_an_actor_and_sees_nothing_changed(path: Path) -> None:
    assert refused_actors(path)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_an_ownable_action_is_refused_ever_and_on_this_one(path: Path) -> None:
    if not required_actions(call_of(path), on=True) & OWNABLE_ACTIONS:
        return

    assert len(refused_actors(path)) >= 2


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_refusal_that_a_use_case_promises_is_shown(path: Path) -> None:
    promised = set(re.findall(r"\b[A-Z]\w+\b", use_case_of(path).__doc__ or "")) & all_errors()
    shown = set(re.findall(r"(?:refuses|raises)\((\w+)\)", file_for(path).read_text(encoding="utf-8")))

    assert promised <= shown


@pytest.mark.parametrize("path", sorted(TESTS.rglob("*.py")), ids=lambda path: path.stem)
def test_core_is_tested_with_fakes_and_never_with_mocks(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    imported = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    imported |= {node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    arguments = {node.arg for node in ast.walk(tree) if isinstance(node, ast.arg)}

    assert not {name.split(".")[0] for name in imported} & MOCKING
    assert not arguments & {"monkeypatch", "mocker"}
