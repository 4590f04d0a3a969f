"""Exit codes of all commands (CONTRACT: Command line)."""

from enum import IntEnum

from core.errors import Conflict, Invalid, NotFound, TerraceError


class ExitCode(IntEnum):
    OK = 0
    FAILED = 1
    USAGE = 2
    NOT_FOUND = 3
    CONFLICT = 4
    PARTLY = 5


def exit_code(error: TerraceError) -> ExitCode:
    """The code that fits *error*."""
    for kind, code in ((NotFound, ExitCode.NOT_FOUND), (Conflict, ExitCode.CONFLICT), (Invalid, ExitCode.USAGE)):
        if isinstance(error, kind):
            return code
    return ExitCode.FAILED


def sentences(error: TerraceError) -> list[str]:
    """What to tell the operator: one line for each field, or the error's own."""
    if isinstance(error, Invalid):
        return [f"{problem.field}: {problem.message % problem.params}" for problem in error.problems]
    return [str(error)]
