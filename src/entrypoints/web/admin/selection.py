"""What is done to several texts of a list at once: to each by its own right, in its own transaction."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from core.blog.entities import PostId, PostKind
from core.blog.errors import NotReady
from core.blog.texts import clean_tags, tag_problem
from core.blog.use_cases.edit_post import EditPost
from core.blog.use_cases.publish_post import PublishPost
from core.blog.use_cases.show_post import ShowPost
from core.blog.use_cases.trash_post import TrashPost
from core.blog.use_cases.withdraw_post import WithdrawPost
from core.errors import Invalid, NotFound, Problem, TerraceError
from core.text import N_
from core.transaction import Transaction
from entrypoints.http.translations import Catalogue
from entrypoints.web.forms import WebForm
from entrypoints.web.notices import Done
from entrypoints.web.views import SelectionResult, Unchanged

Deed = Literal["publish", "withdraw", "trash", "tag", "untag"]
CHOSEN_MAX = 100
DONE: Mapping[Deed, Done] = {
    "publish": Done.ALL_PUBLISHED,
    "withdraw": Done.ALL_WITHDRAWN,
    "trash": Done.ALL_TRASHED,
    "tag": Done.ALL_TAGGED,
    "untag": Done.ALL_UNTAGGED,
}
_PREFIX = "post-"


class SelectionForm(WebForm):
    """The boxes are ``post-<id>`` with the version that the list showed; the rest is the list to come back to."""

    deed: Deed
    tag: str = ""
    back_q: str = ""
    back_status: str = ""
    back_tag: str = ""


def chosen(values: Mapping[str, str]) -> dict[PostId, int | None]:
    """Each with the version that stood in the list. Raises Invalid for none, or too many."""
    found = {
        PostId(name.removeprefix(_PREFIX)): int(value) if value.isascii() and value.isdigit() else None
        for name, value in values.items()
        if name.startswith(_PREFIX) and len(value) < 10
    }
    if not found:
        raise Invalid(Problem.of("deed", N_("Choose some texts first.")))
    if len(found) > CHOSEN_MAX:
        raise Invalid(Problem.of("deed", N_("At most %(limit)d at a time, please."), limit=CHOSEN_MAX))
    return found


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """Goes through those chosen; one that refuses holds up none of the others."""

    show_post: ShowPost
    edit_post: EditPost
    publish: PublishPost
    withdraw: WithdrawPost
    trash: TrashPost
    transaction: Transaction

    async def apply(
        self, form: SelectionForm, posts: Mapping[PostId, int | None], kind: PostKind, catalogue: Catalogue
    ) -> SelectionResult:
        """Raises Invalid for a tag that is none."""
        deed = self._deed(form, kind)
        changed, unchanged = 0, []
        for post_id, version in posts.items():
            try:
                await deed(post_id, version)
                changed += 1
            except NotFound:
                await self.transaction.rest()
            except TerraceError as error:
                await self.transaction.rest()
                unchanged.append(await self._unchanged(post_id, error, catalogue))
        return SelectionResult(done=DONE[form.deed].value, count=changed, unchanged=tuple(unchanged))

    def _deed(self, form: SelectionForm, kind: PostKind) -> Callable[[PostId, int | None], Awaitable[None]]:
        async def publish(post_id: PostId, version: int | None) -> None:
            await self.publish(post_id, expected=version, kind=kind)

        async def withdraw(post_id: PostId, version: int | None) -> None:
            await self.withdraw(post_id, expected=version, kind=kind)

        async def trash(post_id: PostId, version: int | None) -> None:
            await self.trash(post_id, expected=version, kind=kind)

        async def retag(post_id: PostId, version: int | None) -> None:
            await self._retag(post_id, version, kind, tag=tag, is_added=form.deed == "tag")

        tag = _tag(form.tag) if form.deed in ("tag", "untag") else ""
        return {"publish": publish, "withdraw": withdraw, "trash": trash}.get(form.deed, retag)

    async def _retag(self, post_id: PostId, version: int | None, kind: PostKind, *, tag: str, is_added: bool) -> None:
        post = await self.show_post(post_id, kind=kind)
        others = tuple(other for other in post.tags if other != tag)
        text = replace(post.text, tags=(*others, tag) if is_added else others)
        if is_added and tag in post.tags:
            text = post.text
        await self.edit_post(post_id, text, expected=version, kind=kind)

    async def _unchanged(self, post_id: PostId, error: TerraceError, catalogue: Catalogue) -> Unchanged:
        problems: Sequence[Problem] = error.problems if isinstance(error, Invalid | NotReady) else ()
        reason = " ".join(catalogue.problem(problem) for problem in problems) or catalogue.error(error)
        post = await self.show_post(post_id)
        return Unchanged(title=post.title, lang=post.lang, reason=reason)


def _tag(typed: str) -> str:
    """Raises Invalid."""
    cleaned = clean_tags((typed,))
    if not cleaned:
        raise Invalid(Problem.of("tag", N_("Give the tag a name.")))
    if problem := tag_problem(cleaned[0]):
        raise Invalid(problem)
    return cleaned[0]
