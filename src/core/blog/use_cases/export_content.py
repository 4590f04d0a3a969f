from collections.abc import AsyncGenerator, Sequence
from dataclasses import dataclass
from hashlib import sha256

from core.access import Access, Action
from core.blog.addresses import RedirectStorage
from core.blog.export_plan import ExportPlan, plan_of
from core.blog.exports import FOLDERS, MANIFEST, ArchiveWriter, ExportedFile
from core.blog.storage import PostOutline, PostStorage
from core.pictures import PictureLibrary
from core.slugs import SlugMaker
from core.transaction import Transaction

BATCH = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportContent:
    """The owner, or the operator, takes all posts, pages and pictures along, file by file, the list of them last.

    The trash, revisions and working copies stay behind. A site that imported it gives the same bytes.
    """

    access: Access
    posts: PostStorage
    redirects: RedirectStorage
    library: PictureLibrary
    slugs: SlugMaker
    writer: ArchiveWriter
    transaction: Transaction

    async def __call__(self) -> AsyncGenerator[ExportedFile, None]:
        self.access.require(Action.EXPORT_CONTENT)
        pictures = await self.library.list_all()
        outlines = sorted(await self.posts.list_outlines(), key=lambda one: (FOLDERS[one.kind], one.slug))
        old = await self.redirects.list_old()
        await self.transaction.rest()
        return self._files(plan_of(outlines, pictures, old, self.slugs))

    async def _files(self, plan: ExportPlan) -> AsyncGenerator[ExportedFile, None]:
        digests, kept = dict[str, str](), []
        for start in range(0, len(plan.outlines), BATCH):
            for file in await self._batch(plan, plan.outlines[start : start + BATCH]):
                digests[file.path] = sha256(file.content).hexdigest()
                yield file
        for picture in plan.pictures:
            content = await self.library.read(picture.source)
            if content is not None:
                kept.append(picture.exported)
                digests[picture.exported.path] = picture.source.digest
                yield ExportedFile(path=picture.exported.path, content=content)
        yield ExportedFile(path=MANIFEST, content=self.writer.manifest(digests, kept))

    async def _batch(self, plan: ExportPlan, outlines: Sequence[PostOutline]) -> Sequence[ExportedFile]:
        """Texts that were thrown away meanwhile are left out. No connection is held while a client takes its time."""
        found = {post.id: post for post in await self.posts.list_many([outline.id for outline in outlines])}
        await self.transaction.rest()
        texts = [plan.text_of(found[outline.id], outline) for outline in outlines if outline.id in found]
        return [ExportedFile(path=text.path, content=self.writer.text(text)) for text in texts]
