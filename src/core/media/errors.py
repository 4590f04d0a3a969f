from core.errors import Invalid, NotFound, Problem
from core.text import N_


class MediaNotFound(NotFound):
    message = N_("There is no such file.")


class UnusablePicture(Invalid):
    """*reason* is a msgid that says what is wrong with the file and what would work."""

    code = "unusable_picture"

    def __init__(self, reason: str, **params: object) -> None:
        super().__init__(Problem.of("file", reason, **params))


class FileTooLarge(Invalid):
    code = "file_too_large"

    def __init__(self, limit_mb: int) -> None:
        super().__init__(Problem.of("file", N_("The file is larger than %(limit)d MB."), limit=limit_mb))
