"""Modules of protocols only have no test of their own; all the same they must be there to be implemented."""

from importlib import import_module
from pkgutil import walk_packages

import core


def test_every_module_of_core_can_be_imported() -> None:
    names = [module.name for module in walk_packages(core.__path__, "core.")]

    assert {import_module(name).__name__ for name in names} == set(names)
