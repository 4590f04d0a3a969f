"""The writing desk's pages: the editor, its refusals, and two versions side by side."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from core.access import Action
from core.blog.entities import Post, PostId, PostKind
from core.blog.errors import NotReady
from core.blog.readiness import ReadinessItem
from core.blog.texts import BODY_LENGTH, PostText
from core.blog.use_cases.complete_link import CompleteLink
from core.blog.use_cases.merge_texts import MergeTexts
from core.blog.use_cases.preview_text import PreviewText
from core.blog.use_cases.show_editing import Editing
from core.blog.use_cases.show_post import ShowPost
from core.blog.use_cases.suggest_details import SuggestDetails, Suggestions
from core.clock import Clock
from core.competency_matrix.use_cases.complete_question_link import CompleteQuestionLink
from core.errors import Conflict, Invalid, StaleVersion, TerraceError
from core.media.entities import UPLOAD_BYTES
from core.media.use_cases.list_media import ListMedia
from entrypoints.web.admin import editor_shapes as shapes
from entrypoints.web.admin.kinds import DESKS, desk_of, kind_at
from entrypoints.web.admin.post_forms import PostForm, post_values, text_values
from entrypoints.web.admin.shapes import admin_post, media_item
from entrypoints.web.forms import parsed, shown
from entrypoints.web.rendering import MATRIX, Page, Pages
from entrypoints.web.views import Form, LinksFragment, MediaItem, PostEditPage, PreviewFragment, SavedFragment
from entrypoints.web.words import LANGUAGES

PICKER_SIZE = 24


@dataclass(frozen=True, slots=True, kw_only=True)
class Editor:
    """Shows the form, as the post stands or as it was typed and refused."""

    pages: Pages
    show_post: ShowPost
    preview_text: PreviewText
    merge_texts: MergeTexts
    suggest_details: SuggestDetails
    complete_link: CompleteLink
    complete_question_link: CompleteQuestionLink
    list_media: ListMedia
    clock: Clock

    @property
    def kind(self) -> PostKind:
        """What is written at the desk of this request."""
        return kind_at(self.pages.request.scope["path"])

    def text(self, form: PostForm) -> PostText:
        """What was typed. Raises Invalid."""
        return form.text(default_lang=self.pages.settings.locale)

    def at(self, form: PostForm) -> datetime | None:
        """The instant that the button asks for. Raises Invalid."""
        return form.at(self.pages.settings.time_zone)

    async def new(self) -> Page:
        self.pages.access.require(Action.DRAFT_POST)
        return await self._show(None, Form(values={"lang": self.pages.settings.locale}), PreviewFragment())

    async def edit(self, editing: Editing) -> Page:
        """The text as it stands, or what this person kept aside of it."""
        post, copy = editing.post, editing.copy
        self.pages.access.require(Action.EDIT_POST, on=post)
        if copy is None:
            return await self._show(post, Form(values=post_values(post)), self._stored(post))
        values = {**text_values(copy.text), "version": str(copy.base_version)}
        preview = await self._preview(copy.text, post)
        return await self._show(post, Form(values=values), preview, aside_at=copy.saved_at)

    def saved(self, post: Post, *, aside_of: int | None = None) -> Page:
        """The answer to a save by itself. What is kept aside goes on from the version that it began with."""
        fragment = SavedFragment(action=desk_of(post), version=post.version, saved_at=post.updated_at, slug=post.slug)
        if aside_of is not None:
            is_stale = aside_of != post.version
            at = self.clock.now()
            fragment = replace(fragment, version=aside_of, saved_at=at, is_aside=True, is_conflict=is_stale)
        return self.pages.fragment("admin/_saved.html", page=fragment)

    async def linking(self, typed: Mapping[str, str], post_id: PostId | None) -> Page:
        """The form as it was typed, and more to link to."""
        self.pages.access.require(Action.DRAFT_POST)
        form = shown(typed, catalogue=self.pages.catalogue)
        post = await self.show_post(post_id, kind=self.kind) if post_id else None
        return await self._show(post, form, await self._typed(typed, post), is_linking=True)

    async def refused(self, error: TerraceError, typed: Mapping[str, str], post_id: PostId | None) -> Page:
        """The form as it was typed, with what is wrong beside the fields; never a lost word."""
        status = 409 if isinstance(error, Conflict) else 422
        if self.pages.is_htmx:
            return self._unsaved(error, typed, post_id, status)
        post = await self.show_post(post_id, kind=self.kind) if post_id else None
        if post is not None and isinstance(error, StaleVersion):
            return await self._conflict(post, typed)
        problems = error.problems if isinstance(error, Invalid | NotReady) else ()
        message = "" if isinstance(error, Invalid) else self.pages.catalogue.error(error)
        values = {**typed, "version": str(post.version) if post else ""}
        form = shown(values, catalogue=self.pages.catalogue, problems=problems, message=message)
        items = error.items if isinstance(error, NotReady) else None
        return await self._show(post, form, await self._typed(typed, post, items), status=status)

    def _unsaved(self, error: TerraceError, typed: Mapping[str, str], post_id: PostId | None, status: int) -> Page:
        catalogue = self.pages.catalogue
        problems = error.problems if isinstance(error, Invalid | NotReady) else ()
        desk = DESKS[self.kind]
        fragment = SavedFragment(
            action=f"{desk}/{post_id}" if post_id else desk,
            version=int(typed.get("version") or 0),
            message=" ".join(catalogue.problem(problem) for problem in problems) or catalogue.error(error),
            is_conflict=isinstance(error, StaleVersion),
        )
        return self.pages.fragment("admin/_saved.html", status=status, page=fragment)

    async def _conflict(self, post: Post, typed: Mapping[str, str]) -> Page:
        form = parsed(PostForm, typed)
        two = await self.merge_texts(post.id, self.text(form), base=form.expected, kind=self.kind)
        page = shapes.conflict_page(two, self.pages.access, self.clock.now())
        return self.pages.show("admin/blog/conflict.html", page, status=409)

    def _stored(self, post: Post) -> PreviewFragment:
        return shapes.stored_preview(post, self.pages.catalogue)

    async def _typed(
        self, typed: Mapping[str, str], post: Post | None, items: tuple[ReadinessItem, ...] | None = None
    ) -> PreviewFragment:
        """The preview of a refused form, as far as it can be understood; *items*: what its text lacks, if known."""
        try:
            preview = await self._preview(self.text(parsed(PostForm, typed)), post)
        except Invalid:
            preview = self._stored(post) if post else PreviewFragment()
        if items is None:
            return preview
        return replace(preview, readiness=shapes.readiness_lines(items, self.pages.catalogue))

    async def _preview(self, text: PostText, post: Post | None) -> PreviewFragment:
        if not self.pages.access.can(Action.DRAFT_POST) or len(text.body) > BODY_LENGTH:
            return self._stored(post) if post else PreviewFragment()
        preview = await self.preview_text(text, kind=self.kind, post_id=post.id if post else None)
        return shapes.typed_preview(preview, text.lang, self.pages.catalogue, is_answer=False)

    async def _show(
        self,
        post: Post | None,
        form: Form,
        preview: PreviewFragment,
        *,
        status: int = 200,
        aside_at: datetime | None = None,
        is_linking: bool = False,
    ) -> Page:
        now, access = self.clock.now(), self.pages.access
        may_draft = access.can(Action.DRAFT_POST)
        known = await self.suggest_details(kind=self.kind) if may_draft else Suggestions()
        query = form.value("link_query")
        links = await self._links(query) if may_draft else LinksFragment(query=query)
        page = PostEditPage(
            kind=self.kind.value,
            form=replace(form, values=shapes.with_original_named(form.values, known.originals)),
            languages=LANGUAGES,
            upload_bytes=UPLOAD_BYTES,
            schedule=shapes.schedule_of(post, self.pages.settings.time_zone, now),
            post=admin_post(post, access, now) if post else None,
            preview=preview,
            pictures=await self._pictures(),
            tags=tuple(shelf.name for shelf in known.tags),
            series=tuple(shelf.name for shelf in known.series),
            originals=shapes.original_choices(known.originals, post),
            links=links,
            is_linking=is_linking,
            saved_at=post.updated_at if post is not None and not form.is_refused and not is_linking else None,
            aside_at=aside_at,
        )
        return self.pages.show("admin/blog/edit.html", page, status=status)

    async def _links(self, query: str) -> LinksFragment:
        lang = self.pages.settings.locale
        has_matrix = MATRIX in self.pages.settings.sections
        questions = await self.complete_question_link(query, lang=lang) if has_matrix else ()
        found = await self.complete_link(query)
        return shapes.links_fragment(found, self.clock.now(), query, questions=questions, lang=lang)

    async def _pictures(self) -> tuple[MediaItem, ...]:
        if not self.pages.access.can(Action.UPLOAD_MEDIA):
            return ()
        newest = await self.list_media(limit=PICKER_SIZE)
        return tuple(media_item(media, self.pages.access) for media in newest.items)
