from collections.abc import Mapping, Sequence

from core.competency_matrix.readiness import QuestionLack
from core.errors import Conflict, Invalid, NotFound, Problem
from core.text import N_


class SheetNotFound(NotFound):
    message = N_("There is no such sheet.")


class QuestionNotFound(NotFound):
    message = N_("There is no such question.")


class ResourceNotFound(NotFound):
    message = N_("There is no such resource.")


class SuggestionNotFound(NotFound):
    message = N_("There is no such suggestion.")


class PlaceNotFound(NotFound):
    """A section or subsection that the sheet does not have."""

    code = "place_not_found"
    message = N_("There is no such section.")


class KeyTaken(Invalid):
    code = "key_taken"

    def __init__(self, key: str) -> None:
        super().__init__(Problem.of("key", N_("Another sheet already has the address “%(key)s”."), key=key))


class QuestionSlugTaken(Invalid):
    code = "slug_taken"

    def __init__(self, slug: str) -> None:
        super().__init__(Problem.of("slug", N_("Another question already has the address “%(slug)s”."), slug=slug))


class NameTaken(Invalid):
    """Its neighbours are called the same, whatever the case and the spaces between the words."""

    code = "name_taken"

    def __init__(self, name: str) -> None:
        super().__init__(Problem.of("name", N_("There is already one called “%(name)s”."), name=name))


class UrlTaken(Invalid):
    code = "url_taken"

    def __init__(self, name: str) -> None:
        super().__init__(Problem.of("url", N_("“%(name)s” already leads there."), name=name))


class NotEmpty(Conflict):
    """What is to be deleted holds *count* questions: say where they go."""

    code = "not_empty"
    message = N_("It is not empty: say where its questions go.")

    def __init__(self, *, count: int) -> None:
        super().__init__()
        self.count = count


class GradeInUse(Conflict):
    """*count* questions have the grade that is to go."""

    code = "grade_in_use"
    message = N_("There are questions of the grade “%(name)s”: give them another one first.")

    def __init__(self, *, name: str, count: int) -> None:
        super().__init__(name=name)
        self.count = count


class OrderChanged(Conflict):
    """What was put in order is not what stands: somebody moved, added or removed something."""

    code = "order_changed"
    message = N_("Somebody changed the order in the meantime. This is the present one.")


class QuestionNotReady(Conflict):
    """What keeps a question from being published, as *lacks*."""

    code = "not_ready"
    message = N_("The question cannot be published yet.")

    def __init__(self, lacks: Sequence[QuestionLack]) -> None:
        super().__init__()
        self.lacks = tuple(lacks)
        self.problems = tuple(lack.problem for lack in lacks)


class QuestionInTrash(Conflict):
    code = "question_in_trash"
    message = N_("The question is in the trash. Restore it first.")


class QuestionRevisionNotFound(NotFound):
    message = N_("There is no such revision.")


class SuggestionDecided(Conflict):
    code = "suggestion_decided"
    message = N_("Somebody has already decided about this suggestion.")


class DoubleSuggestion(Invalid):
    """The question is there already, or somebody proposed it; *slug* is the public question, if it is one."""

    code = "double"

    def __init__(self, *, slug: str | None) -> None:
        words = N_("This question is in the matrix already.") if slug else N_("Somebody has proposed this already.")
        super().__init__(Problem.of("question", words))
        self.slug = slug


class SuggestionsClosed(NotFound):
    message = N_("This site takes no suggestions.")


class CoverageHidden(NotFound):
    message = N_("This site does not show what its matrix covers.")


class SomeNotReady(Conflict):
    """What keeps each of several questions from being published, as *lacks* by their ids."""

    code = "some_not_ready"
    message = N_("Some of these questions cannot be published yet. Nothing was changed.")

    def __init__(self, lacks: Mapping[str, Sequence[QuestionLack]]) -> None:
        super().__init__()
        self.lacks = dict(lacks)
