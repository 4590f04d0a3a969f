"""Every use case decides first who may, and every route leads to a use case."""

import ast
import inspect
from dataclasses import fields, is_dataclass
from importlib import import_module
from pathlib import Path

import pytest

from core.access import OPERATOR_ACTIONS, OWNABLE_ACTIONS, Action

SOURCE = Path(__file__).parents[2] / "src"
FILES = sorted(path for path in SOURCE.glob("core/*/use_cases/*.py") if path.name != "__init__.py")
MAX_LINES = 80
CREATING = {Action.DRAFT_POST, Action.UPLOAD_MEDIA}


def use_case_of(path: Path) -> type:
    """The class that the file is named for."""
    module = import_module(".".join(path.relative_to(SOURCE).with_suffix("").parts))
    name = "".join(word.capitalize() for word in path.stem.split("_"))
    found = getattr(module, name, None)
    assert inspect.isclass(found), f"{path.name} must define {name}"
    return found


def call_of(path: Path) -> ast.AsyncFunctionDef:
    name = use_case_of(path).__name__
    tree = ast.parse(path.read_text(encoding="utf-8"))
    bodies = [node.body for node in tree.body if isinstance(node, ast.ClassDef) and node.name == name]
    return next(
        node for body in bodies for node in body if isinstance(node, ast.AsyncFunctionDef) and node.name == "__call__"
    )


def required_actions(node: ast.AST, *, on: bool) -> set[Action]:
    """The actions of all ``self.access.require(…)`` below *node*, with or without ``on=``."""
    found: set[Action] = set()
    for call in ast.walk(node):
        if not (isinstance(call, ast.Call) and ast.unparse(call.func) in ("self.access.require", "self.access.can")):
            continue
        if bool([keyword for keyword in call.keywords if keyword.arg == "on"]) is on:
            names = [part for part in ast.walk(call.args[0]) if isinstance(part, ast.Attribute)]
            found |= {Action[name.attr] for name in names if ast.unparse(name.value) == "Action"}
    return found


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_use_case_is_a_frozen_dataclass_with_access(path: Path) -> None:
    use_case = use_case_of(path)

    assert is_dataclass(use_case)
    assert "access" in {field.name for field in fields(use_case)}
    assert use_case.__doc__
    assert not use_case.__doc__.startswith(f"{use_case.__name__}(")


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_the_first_statements_decide_before_any_io(path: Path) -> None:
    before: list[ast.stmt] = []
    for statement in call_of(path).body:
        if required_actions(statement, on=False):
            break
        before.append(statement)
    else:
        pytest.fail("no self.access.require(…) in __call__")

    assert not [node for statement in before for node in ast.walk(statement) if isinstance(node, (ast.Await, ast.Call))]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_an_ownable_action_is_decided_on_the_thing_too(path: Path) -> None:
    call = call_of(path)
    asked = required_actions(call, on=False) & OWNABLE_ACTIONS
    hands_scope_to_storage = "self.access.scope(" in ast.unparse(call)

    assert asked <= required_actions(call, on=True) or hands_scope_to_storage


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_use_case_fits_on_two_screens(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= MAX_LINES


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_use_case_does_not_call_another(path: Path) -> None:
    annotations = fields(use_case_of(path))

    assert not [field.name for field in annotations if "use_cases" in str(field.type)]


def test_every_action_is_asked_for_by_a_use_case() -> None:
    asked = {action for path in FILES for on in (True, False) for action in required_actions(call_of(path), on=on)}

    assert set(Action) - asked == set()


def test_no_ownable_action_belongs_to_the_operator() -> None:
    assert not OPERATOR_ACTIONS & OWNABLE_ACTIONS
