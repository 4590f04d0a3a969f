from collections.abc import Sequence

from core.errors import Conflict, Invalid, NotFound, Problem
from core.media.places import MediaPlace
from core.text import N_

_MB = 1024 * 1024


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


class SiteFull(Invalid):
    """*used*, *limit* and *needed* in bytes."""

    code = "site_full"

    def __init__(self, *, used: int, limit: int, needed: int) -> None:
        words = N_(
            "There is no room for it: the site's files take %(used)d of %(limit)d MB, and this one needs %(needed)d MB "
            "with all its sizes. Delete files that are not used any more."
        )
        numbers = {"used": -(-used // _MB), "limit": limit // _MB, "needed": max(1, -(-needed // _MB))}
        super().__init__(Problem.of("file", words, **numbers))


class MediaInUse(Conflict):
    """*places* show the file."""

    code = "media_in_use"
    message = N_("Texts, profiles or the site itself show this file. Delete it all the same?")

    def __init__(self, places: Sequence[MediaPlace]) -> None:
        super().__init__()
        self.places = tuple(places)
