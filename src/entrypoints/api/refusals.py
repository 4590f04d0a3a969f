"""What can be wrong with a request before the business sees it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from core.competency_matrix.cards import QuestionCard
from core.competency_matrix.errors import OrderChanged
from core.errors import Conflict, Invalid, TerraceError
from core.text import N_


class Refused(TerraceError):
    """The root of what only HTTP can get wrong; *status* is what is answered."""

    status: ClassVar[int] = 400


class MalformedRequest(Refused):
    code = "bad_request"
    message = N_("The request cannot be understood.")


class MalformedBody(Refused):
    code = "malformed_body"
    message = N_("The body is not what its Content-Type says, or holds characters that cannot be stored.")


class InvalidParameter(Invalid):
    code = "invalid_parameter"
    message = N_("A query parameter has an unusable value.")


class UnknownParameter(Refused):
    code = "unknown_parameter"
    message = N_("There is no query parameter “%(name)s” here.")


class BodyTooLarge(Refused):
    status = 413
    code = "body_too_large"
    message = N_("The body may have at most %(limit)d bytes.")


class UnsupportedType(Refused):
    status = 415
    code = "unsupported_type"
    message = N_("Send the body as %(wanted)s, without Content-Encoding.")


class PreconditionMissing(Refused):
    status = 428
    code = "precondition_missing"
    message = N_("Send If-Match with the ETag that you read, so that nobody's change is lost.")


class PresentOrder(OrderChanged):
    """What was sent is not all there is; *order* is what stands, under *tag*."""

    def __init__(self, order: Sequence[str], *, tag: str) -> None:
        super().__init__()
        self.order = tuple(order)
        self.tag = tag


class StaleOrder(PresentOrder):
    """If-Match names another order than the one that stands."""


class AlikeThere(Conflict):
    """Nothing was kept yet: *alike* should be looked at first."""

    code = "alike"
    message = N_("There are questions like this one already. Look at them, and send yours with is_sure if it is new.")

    def __init__(self, alike: Sequence[QuestionCard]) -> None:
        super().__init__()
        self.alike = tuple(alike)
