"""What the owner decides about the matrix as a whole: grades, suggestions, the public picture of what it covers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from dishka.integrations.litestar import FromDishka, inject
from litestar import get, post

from core.access import Action
from core.competency_matrix.errors import GradeInUse
from core.competency_matrix.grades import MatrixSettings
from core.competency_matrix.use_cases.edit_matrix import EditMatrix
from core.competency_matrix.use_cases.show_structure import ShowStructure
from core.errors import Invalid, StaleVersion
from core.slugs import SlugMaker
from core.text import N_
from core.transaction import Transaction
from entrypoints.web.addresses import with_query
from entrypoints.web.admin.matrix.settings_forms import YES, MatrixForm, grade_rows, rows_kept, rows_of
from entrypoints.web.forms import parsed, shown, typed
from entrypoints.web.notices import Done
from entrypoints.web.rendering import Page, Pages, WebRequest
from entrypoints.web.views import Form
from entrypoints.web.views.matrix_keeping import MatrixSettingsPage

SETTINGS = "/admin/matrix/settings"
QUESTIONS = "/admin/matrix/questions"
SECTION = "matrix"
STALE = N_("Somebody saved other settings meanwhile. Here are yours: save again to replace the others by them.")


@dataclass(frozen=True, slots=True, kw_only=True)
class MatrixSettingsDesk:
    """The page with the form, as it is kept or as it was typed."""

    pages: Pages
    show_structure: ShowStructure
    transaction: Transaction

    def show(
        self,
        settings: MatrixSettings,
        rows: Sequence[Mapping[str, str]],
        form: Form,
        *,
        held_url: str = "",
        is_unsaved: bool = False,
        status: int = 200,
    ) -> Page:
        values = {**form.values, "version": str(settings.version)}
        page = MatrixSettingsPage(
            form=Form(values=values, errors=form.errors, message=form.message),
            grades=grade_rows(rows, form, frozenset(grade.key for grade in settings.grades)),
            held_url=held_url,
            is_unsaved=is_unsaved,
            is_shown=SECTION in self.pages.settings.sections,
        )
        return self.pages.show("admin/matrix/settings.html", page, status=status)

    async def present(self) -> MatrixSettings:
        await self.transaction.rest()
        return (await self.show_structure()).settings


@get(SETTINGS)
@inject
async def edit(show_structure: FromDishka[ShowStructure], desk: FromDishka[MatrixSettingsDesk]) -> Page:
    desk.pages.access.require(Action.EDIT_MATRIX)
    settings = (await show_structure()).settings
    values = {
        "accepts_suggestions": YES if settings.accepts_suggestions else "",
        "shows_coverage": YES if settings.shows_coverage else "",
    }
    return desk.show(settings, rows_kept(settings), Form(values=values))


@post(SETTINGS)
@inject
async def update(
    request: WebRequest,
    edit_matrix: FromDishka[EditMatrix],
    slugs: FromDishka[SlugMaker],
    desk: FromDishka[MatrixSettingsDesk],
) -> Page:
    desk.pages.access.require(Action.EDIT_MATRIX)
    values = await typed(request)
    form, rows = parsed(MatrixForm, values), rows_of(values)
    catalogue = desk.pages.catalogue
    if form.only_orders:
        return desk.show(await desk.present(), rows, Form(values=values), is_unsaved=True)
    wanted = form.wishes(rows, slugs)
    try:
        await edit_matrix(wanted, expected=form.expected)
    except Invalid as error:
        return desk.show(await desk.present(), rows, _refused(desk, values, rows, error), status=422)
    except StaleVersion:
        message = catalogue.gettext(STALE)
        return desk.show(await desk.present(), rows, Form(values=values, message=message), status=409)
    except GradeInUse as error:
        settings, kept = await desk.present(), {grade.key for grade in wanted.grades}
        gone = next((grade.key for grade in settings.grades if grade.key not in kept), "")
        refused = Form(values=values, message=catalogue.error(error))
        return desk.show(settings, rows, refused, held_url=with_query(QUESTIONS, grade=gone), status=409)
    return desk.pages.redirect(SETTINGS, done=Done.SAVED)


def _refused(
    desk: MatrixSettingsDesk, values: Mapping[str, str], rows: Sequence[Mapping[str, str]], error: Invalid
) -> Form:
    names = {f"grades-{place}-{field}": "" for place in range(len(rows)) for field in ("key", "name", "colour")}
    return shown({**names, **values}, catalogue=desk.pages.catalogue, problems=error.problems)
