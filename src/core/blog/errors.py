from collections.abc import Sequence

from core.blog.readiness import ReadinessItem, errors_of
from core.errors import Conflict, Invalid, NotFound, Problem
from core.text import N_


class PostNotFound(NotFound):
    message = N_("There is no such post.")


class SlugTaken(Invalid):
    code = "slug_taken"

    def __init__(self, slug: str) -> None:
        super().__init__(Problem.of("slug", N_("Another post already has the address “%(slug)s”."), slug=slug))


class OriginTaken(Conflict):
    code = "origin_taken"
    message = N_("This was imported before.")


class NotReady(Conflict):
    """What keeps a post from being published, and what else its writer should see to, as *items*; *problems* are only
    those that forbid it."""

    code = "not_ready"
    message = N_("The post cannot be published yet.")

    def __init__(self, items: Sequence[ReadinessItem]) -> None:
        super().__init__()
        self.items = tuple(items)
        self.problems = tuple(item.problem for item in errors_of(items))


class PostInTrash(Conflict):
    code = "post_in_trash"
    message = N_("The post is in the trash. Restore it first.")


class RevisionNotFound(NotFound):
    message = N_("There is no such revision.")


class PreviewNotFound(NotFound):
    message = N_("This preview link is not valid, or no longer.")


class TagNotFound(NotFound):
    message = N_("There is no such tag.")


class SeriesNotFound(NotFound):
    message = N_("There is no such series.")


class UnknownTranslation(Invalid):
    code = "unknown_translation"

    def __init__(self) -> None:
        super().__init__(Problem.of("translation_of", N_("There is no such post to be a translation of.")))


class TranslationTaken(Invalid):
    """The group has a text in this language already."""

    code = "translation_taken"

    def __init__(self, title: str) -> None:
        words = N_("“%(title)s” is already the text in this language.")
        super().__init__(Problem.of("lang", words, title=title))
