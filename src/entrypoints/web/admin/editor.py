"""The writing desk's pages: the editor, its refusals, and two versions side by side."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from core.access import Action
from core.blog.entities import Post, PostId
from core.blog.errors import NotReady
from core.blog.use_cases.show_post import ShowPost
from core.clock import Clock
from core.errors import Conflict, Invalid, StaleVersion, TerraceError
from core.media.entities import UPLOAD_BYTES
from core.media.use_cases.list_media import ListMedia
from entrypoints.web.admin.post_forms import post_values
from entrypoints.web.admin.shapes import admin_post, media_item, sanitised
from entrypoints.web.forms import shown
from entrypoints.web.rendering import Page, Pages
from entrypoints.web.views import Form, MediaItem, PostConflictPage, PostEditPage, SavedFragment
from entrypoints.web.words import LANGUAGES

PICKER_SIZE = 24


@dataclass(frozen=True, slots=True, kw_only=True)
class Editor:
    """Shows the form, as the post stands or as it was typed and refused."""

    pages: Pages
    show_post: ShowPost
    list_media: ListMedia
    clock: Clock

    async def new(self) -> Page:
        self.pages.access.require(Action.DRAFT_POST)
        return await self._show(None, Form(values={"lang": self.pages.settings.locale}))

    async def edit(self, post: Post) -> Page:
        self.pages.access.require(Action.EDIT_POST, on=post)
        return await self._show(post, Form(values=post_values(post)))

    async def saved(self, post: Post) -> Page:
        """The answer to a save by itself."""
        fragment = SavedFragment(action=_action(post.id), version=post.version, saved_at=post.updated_at)
        return self.pages.fragment("admin/blog/_saved.html", page=fragment)

    async def refused(self, error: TerraceError, typed: Mapping[str, str], post_id: PostId | None) -> Page:
        """The form as it was typed, with what is wrong beside the fields; never a lost word."""
        status = 409 if isinstance(error, Conflict) else 422
        if self.pages.is_htmx:
            return self._unsaved(error, typed, post_id, status)
        post = await self.show_post(post_id) if post_id else None
        if post is not None and isinstance(error, StaleVersion):
            return self._conflict(post, typed)
        problems = error.problems if isinstance(error, Invalid | NotReady) else ()
        message = "" if isinstance(error, Invalid) else self.pages.catalogue.error(error)
        values = {**typed, "version": str(post.version) if post else ""}
        form = shown(values, catalogue=self.pages.catalogue, problems=problems, message=message)
        return await self._show(post, form, status=status)

    def _unsaved(self, error: TerraceError, typed: Mapping[str, str], post_id: PostId | None, status: int) -> Page:
        catalogue = self.pages.catalogue
        problems = error.problems if isinstance(error, Invalid | NotReady) else ()
        fragment = SavedFragment(
            action=_action(post_id),
            version=int(typed.get("version") or 0),
            message=" ".join(catalogue.problem(problem) for problem in problems) or catalogue.error(error),
            is_conflict=isinstance(error, StaleVersion),
        )
        return self.pages.fragment("admin/blog/_saved.html", status=status, page=fragment)

    def _conflict(self, post: Post, typed: Mapping[str, str]) -> Page:
        page = PostConflictPage(
            post=admin_post(post, self.pages.access, self.clock.now()),
            mine=shown(typed, catalogue=self.pages.catalogue),
            theirs=Form(values=post_values(post)),
            version=post.version,
            languages=LANGUAGES,
        )
        return self.pages.show("admin/blog/conflict.html", page, status=409)

    async def _show(self, post: Post | None, form: Form, *, status: int = 200) -> Page:
        page = PostEditPage(
            form=form,
            languages=LANGUAGES,
            upload_bytes=UPLOAD_BYTES,
            post=admin_post(post, self.pages.access, self.clock.now()) if post else None,
            body_html=sanitised(post.html if post else ""),
            pictures=await self._pictures(),
            saved_at=post.updated_at if post else None,
        )
        if post is not None and form.is_refused:
            page = replace(page, saved_at=None)
        return self.pages.show("admin/blog/edit.html", page, status=status)

    async def _pictures(self) -> tuple[MediaItem, ...]:
        if not self.pages.access.can(Action.UPLOAD_MEDIA):
            return ()
        newest = await self.list_media(limit=PICKER_SIZE)
        return tuple(media_item(media, self.pages.access) for media in newest.items)


def _action(post_id: PostId | None) -> str:
    return f"/admin/blog/{post_id}" if post_id else "/admin/blog"
