from core.errors import Conflict, Invalid, NotFound, Problem
from core.text import N_


class ImportNotFound(NotFound):
    message = N_("There is no such import.")


class ImportUnderWay(Conflict):
    code = "import_under_way"
    message = N_(
        "Another import is under way, or waits for your word. One at a time: bring it in or cancel it, then upload "
        "this archive again."
    )


class ImportNotReady(Conflict):
    code = "import_not_ready"
    message = N_("The archive is still being looked through. The report comes first.")


class ImportIsOver(Conflict):
    code = "import_is_over"
    message = N_("This import is over. To bring more in, upload the archive again: what came already stays as it is.")


class ArchiveGone(Conflict):
    code = "archive_gone"
    message = N_("The uploaded archive was deleted after a day. Please upload it again.")


class ArchiveTooLarge(Invalid):
    code = "archive_too_large"

    def __init__(self, limit_mb: int) -> None:
        words = N_(
            "The archive is larger than %(limit)d MB. Split it, leave large pictures out, or have the operator import "
            "it with “terrace content import”."
        )
        super().__init__(Problem.of("archive", words, limit=limit_mb))
