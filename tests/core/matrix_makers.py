"""Things of the matrix with all their fields, so that a test names only what it is about."""

from datetime import datetime

from core.competency_matrix.entities import Question, QuestionId, SetWording
from core.competency_matrix.grades import GradeKey
from core.competency_matrix.resources import Resource, ResourceId
from core.competency_matrix.sheets import Section, SectionId, Sheet, SheetId, Subsection, SubsectionId
from core.competency_matrix.suggestions import Suggestion, SuggestionId
from core.competency_matrix.texts import Attachment, QuestionText, Wording
from core.identity import Role
from tests.core.house import somebody
from tests.core.makers import NOW

JUNIOR, SENIOR = GradeKey("junior"), GradeKey("senior")
ASKED = QuestionText(subsection_id="names", question="What is a name?")
"""Typed for the sheet that `sheet` makes."""


def section(name: str, *subsections: str) -> Section:
    """Ids are the names in small letters."""
    within = (Subsection(id=SubsectionId(one.lower()), name=one) for one in subsections)
    return Section(id=SectionId(name.lower()), name=name, subsections=tuple(within))


def sheet(
    key: str = "python",
    *sections: Section,
    name: str = "",
    position: int = 1,
    former_keys: tuple[str, ...] = (),
    version: int = 1,
) -> Sheet:
    """Its id is *key*; without *sections* it has "Language" with "Names" and "Types", and "Library" with "Files"."""
    return Sheet(
        id=SheetId(key),
        key=key,
        name=name or key.title(),
        sections=sections or (section("Language", "Names", "Types"), section("Library", "Files")),
        position=position,
        former_keys=former_keys,
        version=version,
    )


def question(
    name: str = "mutable-default",
    *,
    sheet_id: str = "python",
    subsection: str = "names",
    grade: GradeKey | None = JUNIOR,
    by: Role | None = Role.AUTHOR,
    asked: str = "",
    answer: str = "It is made once.",
    expectation: str = "When it is made.",
    position: int = 1,
    resources: tuple[Attachment, ...] = (),
    evidence: tuple[str, ...] = (),
    is_public: bool = False,
    published_at: datetime | None = None,
    trashed_at: datetime | None = None,
    updated_at: datetime = NOW,
    version: int = 1,
) -> Question:
    """A question by the member of role *by*; its id and slug are *name*, and so is what it asks unless *asked* is."""
    wording = Wording(question=asked or f"What about {name}?", answer=answer, expectation=expectation)
    said = SetWording(
        wording=wording,
        answer_html=f"<p>{answer}</p>" if answer else "",
        expectation_html=f"<p>{expectation}</p>" if expectation else "",
        plain="\n".join(part for part in (wording.question, answer, expectation) if part),
    )
    return Question(
        id=QuestionId(name),
        slug=name,
        sheet_id=SheetId(sheet_id),
        subsection_id=SubsectionId(subsection),
        lang="en",
        wordings={"en": said},
        created_at=NOW,
        updated_at=updated_at,
        grade=grade,
        position=position,
        resources=resources,
        evidence=evidence,
        renderer_version=1,
        author_id=somebody(by).user_id if by else None,
        is_public=is_public,
        published_at=published_at,
        trashed_at=trashed_at,
        version=version,
    )


def public_question(
    name: str = "mutable-default",
    *,
    at: datetime = NOW,
    asked: str = "",
    sheet_id: str = "python",
    subsection: str = "names",
    grade: GradeKey | None = JUNIOR,
) -> Question:
    return question(
        name,
        asked=asked,
        sheet_id=sheet_id,
        subsection=subsection,
        grade=grade,
        is_public=True,
        published_at=at,
    )


def resource(name: str = "manual", *, url: str = "", trouble: str = "", checked_at: datetime | None = None) -> Resource:
    """Its id is *name*."""
    url = url or f"https://{name}.example/"
    return Resource(id=ResourceId(name), name=name.title(), url=url, trouble=trouble, checked_at=checked_at)


def suggestion(
    name: str = "suggestion",
    *,
    asked: str = "What is a closure?",
    remark: str = "",
    sheet_id: str | None = None,
    grade: str | None = None,
    at: datetime = NOW,
) -> Suggestion:
    """A new one; its id is *name*."""
    return Suggestion(
        id=SuggestionId(name), question=asked, remark=remark, sheet_id=sheet_id, grade=grade, created_at=at
    )
