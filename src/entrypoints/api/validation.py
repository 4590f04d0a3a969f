"""Pydantic's findings in our words, which the catalogues know."""

from __future__ import annotations

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from core.errors import Problem
from core.text import N_
from entrypoints.api.models import MOMENT_EXPECTED

_WORDS = {
    "missing": N_("This field is needed."),
    "extra_forbidden": N_("There is no such field."),
    "string_type": N_("A text is expected here."),
    "bool_type": N_("true or false is expected here."),
    "bool_parsing": N_("true or false is expected here."),
    "int_type": N_("A whole number is expected here."),
    "int_parsing": N_("A whole number is expected here."),
    "int_parsing_size": N_("A whole number is expected here."),
    "greater_than_equal": N_("At least %(limit)d, please."),
    "less_than_equal": N_("At most %(limit)d, please."),
    "list_type": N_("A list is expected here."),
    "tuple_type": N_("A list is expected here."),
    "dict_type": N_("An object is expected here."),
    "model_type": N_("An object is expected here."),
    "literal_error": N_("Choose one of these: %(choices)s."),
    "enum": N_("Choose one of these: %(choices)s."),
    "datetime_type": MOMENT_EXPECTED,
    "datetime_parsing": MOMENT_EXPECTED,
    "datetime_from_date_parsing": MOMENT_EXPECTED,
    "datetime_object_invalid": MOMENT_EXPECTED,
    "timezone_aware": MOMENT_EXPECTED,
    "value_error": MOMENT_EXPECTED,
}
_UNUSABLE = N_("This value cannot be used.")
_LIMITS = ("ge", "le")


def pointer(*steps: str | int) -> str:
    """The JSON pointer (RFC 6901) that follows *steps* from the top of a document."""
    return "".join(f"/{str(step).replace('~', '~0').replace('/', '~1')}" for step in steps)


def pointer_to(field: str) -> str:
    """The JSON pointer to *field*, which the core writes as "menu.0.url" and we ourselves as a pointer."""
    return field if not field or field.startswith("/") else pointer(*field.split("."))


def problems_of(error: ValidationError) -> list[Problem]:
    """One problem for each finding, with the JSON pointer to its field."""
    return [_problem(found) for found in error.errors(include_url=False, include_input=False)]


def _problem(found: ErrorDetails) -> Problem:
    context = found.get("ctx", {})
    params: dict[str, object] = {}
    for name in _LIMITS:
        if name in context:
            params["limit"] = context[name]
    if "expected" in context:
        params["choices"] = str(context["expected"]).replace("'", "").replace(" or ", ", ")
    return Problem.of(pointer(*found["loc"]), _WORDS.get(found["type"], _UNUSABLE), **params)
