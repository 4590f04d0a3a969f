"""What the database complains about, in the words of the business."""

import re

from psycopg import DataError, Error, IntegrityError, InterfaceError, OperationalError, errors
from sqlalchemy import AsyncAdaptedQueuePool, event, exc
from sqlalchemy.engine import Engine, ExceptionContext
from sqlalchemy.pool import PoolProxiedConnection

from core.errors import Invalid, Problem, TerraceError, Unavailable
from core.text import N_
from db.transaction import CONSTRAINTS

_CLASHING = re.compile(r"=\((.*?)\)")
_ADVICE = (
    (
        (
            errors.UndefinedTable,
            errors.UndefinedColumn,
            errors.InvalidSchemaName,
            errors.UndefinedObject,
            errors.InvalidParameterValue,  # a role that does not exist
        ),
        "Run `terrace db migrate`.",
    ),
    (
        errors.InsufficientPrivilege,
        "Run `terrace db migrate`, with the owner's role in TERRACE_DATABASE__OWNER_URL.",
    ),
)
_UNSTORABLE = (UnicodeEncodeError, errors.CharacterNotInRepertoire, errors.UntranslatableCharacter)


def translate_errors(engine: Engine) -> None:
    """From now on statements and commits of *engine* raise core errors where there is one."""
    event.listen(engine, "handle_error", _translated)


class PatientPool(AsyncAdaptedQueuePool):
    """A pool that is used up is a reason to come back later, not a bug."""

    def connect(self) -> PoolProxiedConnection:
        try:
            return super().connect()
        except exc.TimeoutError:
            raise Unavailable from None


def _translated(context: ExceptionContext) -> Exception | None:
    return core_error(context.original_exception)


def core_error(error: BaseException) -> TerraceError | None:
    """The core error that *error* stands for, or None when it is a bug."""
    if isinstance(error, IntegrityError):
        return _broken_rule(error)
    if isinstance(error, (OperationalError, InterfaceError)):
        return Unavailable()
    if _is_unstorable(error):
        return Invalid(Problem.of("", N_("The text contains characters that cannot be stored.")))
    return None


def reason(error: BaseException) -> str:
    """One line for the operator: what the database said, below whatever it was turned into."""
    told = error.__cause__ if isinstance(error.__cause__, (Error, exc.SQLAlchemyError)) else error
    return str(told).strip().partition("\n")[0]


def advice(error: BaseException) -> str:
    """What the operator can do about it, or nothing."""
    told = error.__cause__ if isinstance(error, exc.SQLAlchemyError) else error
    return next((words for kinds, words in _ADVICE if isinstance(told, kinds)), "")


def _broken_rule(error: IntegrityError) -> TerraceError | None:
    make = CONSTRAINTS.get(error.diag.constraint_name or "")
    if make is None:
        return None
    clashing = _CLASHING.search(error.diag.message_detail or "")
    return make(clashing[1] if clashing else "")


def _is_unstorable(error: BaseException) -> bool:
    """NUL bytes and lone surrogates: the first never reach PostgreSQL, it refuses them in JSON."""
    if isinstance(error, _UNSTORABLE):
        return True
    return isinstance(error, DataError) and error.sqlstate is None and "NUL" in str(error)
