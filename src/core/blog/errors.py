from core.errors import Conflict, Invalid, NotFound, Problem
from core.text import N_


class PostNotFound(NotFound):
    message = N_("There is no such post.")


class SlugTaken(Invalid):
    code = "slug_taken"

    def __init__(self, slug: str) -> None:
        super().__init__(Problem.of("slug", N_("Another post already has the address “%(slug)s”."), slug=slug))


class NotReady(Conflict):
    """What keeps a post from being published, as *problems*."""

    code = "not_ready"
    message = N_("The post cannot be published yet.")

    def __init__(self, *problems: Problem) -> None:
        super().__init__()
        self.problems = problems


class PostInTrash(Conflict):
    code = "post_in_trash"
    message = N_("The post is in the trash. Restore it first.")
