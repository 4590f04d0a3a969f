"""Which use case does which kind of task. It gets the task, and finishes it in its own last transaction."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from core.blog.use_cases.announce_posts import AnnouncePosts
from core.blog.use_cases.empty_trash import EmptyTrash
from core.blog.use_cases.render_again import RenderAgain
from core.blog.use_cases.run_import import RunImport
from core.competency_matrix.use_cases.announce_question import AnnounceQuestion
from core.competency_matrix.use_cases.check_resources import CheckResources
from core.competency_matrix.use_cases.empty_matrix_trash import EmptyMatrixTrash
from core.competency_matrix.use_cases.render_questions import RenderQuestions
from core.competency_matrix.use_cases.run_question_import import RunQuestionImport
from core.contacts.use_cases.expire_messages import ExpireMessages
from core.media.use_cases.delete_files import DeleteFiles
from core.site.use_cases.send_mail import SendMail
from core.site.use_cases.trim_audit import TrimAudit
from core.tasks import Task, TaskKind
from core.users.use_cases.send_reset_link import SendResetLink
from core.webhooks.use_cases.deliver_webhook import DeliverWebhook
from core.webhooks.use_cases.expire_deliveries import ExpireDeliveries


class Handler(Protocol):
    async def __call__(self, task: Task) -> None: ...


HANDLERS: Mapping[TaskKind, type[Handler]] = {
    TaskKind.ANNOUNCE_POSTS: AnnouncePosts,
    TaskKind.RENDER_AGAIN: RenderAgain,
    TaskKind.EMPTY_TRASH: EmptyTrash,
    TaskKind.DELETE_FILES: DeleteFiles,
    TaskKind.RUN_IMPORT: RunImport,
    TaskKind.RUN_QUESTION_IMPORT: RunQuestionImport,
    TaskKind.RENDER_QUESTIONS: RenderQuestions,
    TaskKind.ANNOUNCE_QUESTION: AnnounceQuestion,
    TaskKind.EMPTY_MATRIX_TRASH: EmptyMatrixTrash,
    TaskKind.CHECK_RESOURCES: CheckResources,
    TaskKind.TRIM_AUDIT: TrimAudit,
    TaskKind.EXPIRE_MESSAGES: ExpireMessages,
    TaskKind.SEND_MAIL: SendMail,
    TaskKind.SEND_RESET_LINK: SendResetLink,
    TaskKind.DELIVER_WEBHOOK: DeliverWebhook,
    TaskKind.EXPIRE_DELIVERIES: ExpireDeliveries,
}
"""Kinds that are missing here are not claimed: a release that knows them will do them."""

USUAL_SECONDS = 60.0
SECONDS: Mapping[TaskKind, float] = {
    TaskKind.RUN_IMPORT: 900.0,
    TaskKind.RUN_QUESTION_IMPORT: 900.0,
    TaskKind.RENDER_AGAIN: 300.0,
    TaskKind.RENDER_QUESTIONS: 300.0,
}
"""How long a try may take where that is not USUAL_SECONDS."""
