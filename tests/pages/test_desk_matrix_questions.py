"""The owner's desk of the matrix: questions."""

from secrets import token_hex

from core.identity import Role
from tests.api.house import Site
from tests.pages.browser import Browser
from tests.pages.conftest import SignedIn
from tests.pages.questions import keep, made_question, made_sheet

EDITOR = "form.question-form"
LIST = "/admin/matrix/questions"


async def test_every_page_opens(owner: Browser, anna: Site) -> None:
    sheet = await made_sheet(anna)
    question = made_question(sheet)
    await keep(anna, question)
    one = f"{LIST}/{question.id}"
    cell = f"place={question.subsection_id}&grade=senior"
    for path in (
        "/admin/matrix",
        LIST,
        f"{LIST}?sheet={sheet.key}&grade=senior&status=published&lack=no_answer&flagged=yes&q=index",
        f"{LIST}?trashed=yes&resource=none",
        f"{LIST}/new?subsection_id={question.subsection_id}&grade=senior",
        f"/admin/matrix/sheets/{sheet.key}",
        f"/admin/matrix/sheets/{sheet.key}?{cell}",
        f"/admin/matrix/sheets/{sheet.key}/order?{cell}",
        f"{one}/edit",
        f"{one}/preview",
        f"{one}/revisions",
        "/admin/trash",
    ):
        page = await owner.get(path)
        assert page.status == 200, f"{path}: {page.status} {page.answer.text[:400]}"
