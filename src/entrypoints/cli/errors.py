"""Exit codes of all commands (CONTRACT: Command line), and errors in words for the operator."""

from enum import IntEnum

from config.masking import masked_text
from core.errors import Conflict, Invalid, NotFound, TerraceError, Unavailable

DOCTOR = "`terrace doctor` says what is wrong."


class ExitCode(IntEnum):
    """INTERRUPTED is what a shell expects after Ctrl-C."""

    OK = 0
    FAILED = 1
    USAGE = 2
    NOT_FOUND = 3
    CONFLICT = 4
    PARTLY = 5
    INTERRUPTED = 130


def exit_code(error: Exception) -> ExitCode:
    """The code that fits *error*."""
    for kind, code in ((NotFound, ExitCode.NOT_FOUND), (Conflict, ExitCode.CONFLICT), (Invalid, ExitCode.USAGE)):
        if isinstance(error, kind):
            return code
    return ExitCode.FAILED


def sentences(error: Exception) -> list[str]:
    """What to tell the operator: one line for each field, or what happened and what to do; never a secret."""
    if isinstance(error, Invalid):
        return [f"{problem.field}: {problem.message % problem.params}" for problem in error.problems]
    if isinstance(error, Unavailable):
        return [f"{cause(error)} {DOCTOR}"]
    if isinstance(error, TerraceError):
        return [str(error)]
    if isinstance(error, BrokenPipeError):
        return ["Nobody read the output to its end, so this stopped there. The same command goes on."]
    if isinstance(error, OSError) and error.filename:
        return [f"{error.filename}: {error.strerror}"]
    from db.failures import advice  # SQLAlchemy: only who meets an error waits for it

    return [f"{_one_line(error)} {advice(error) or DOCTOR}"]


def cause(error: BaseException) -> str:
    """What is behind *error*, in the words of whoever met it first."""
    first = error
    while first.__cause__ is not None:
        first = first.__cause__
    return "Something that is needed does not answer." if isinstance(first, Unavailable) else _one_line(first)


def _one_line(error: BaseException) -> str:
    from db.failures import reason

    told = masked_text(reason(error)) or type(error).__name__
    return told if told.endswith((".", "!", "?")) else f"{told}."
