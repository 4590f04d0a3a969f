"""What somebody may do, as far as pages ask."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskRights:
    """What the desk offers this person. It only spares her refusals: use cases decide. *show_matrix*: the desk has it,
    because the site does, or because she may begin it."""

    open_desk: bool = False
    list_posts: bool = False
    draft_post: bool = False
    publish_post: bool = False
    restore_post: bool = False
    edit_tags: bool = False
    list_media: bool = False
    upload_media: bool = False
    edit_site: bool = False
    export_content: bool = False
    import_content: bool = False
    show_matrix: bool = False
    draft_question: bool = False
    edit_question: bool = False
    publish_question: bool = False
    withdraw_question: bool = False
    trash_question: bool = False
    order_questions: bool = False
    edit_sheets: bool = False
    edit_resources: bool = False
    decide_suggestions: bool = False
    edit_matrix: bool = False
    read_messages: bool = False
    edit_messages: bool = False
    reply_messages: bool = False
    delete_messages: bool = False
    export_messages: bool = False
    erase_messages: bool = False
    edit_contacts: bool = False
    list_users: bool = False
    list_tokens: bool = False
    list_webhooks: bool = False
    read_audit: bool = False
    list_roles: bool = False
    require_factors: bool = False
    edit_roles: bool = False
