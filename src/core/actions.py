"""What each action is for people: its group, its name in plain words, and whether a site may give and take it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from core.access import Action
from core.text import N_


class Group(Enum):
    """The headings under which actions are shown, in this order."""

    SITE = N_("The site")
    POSTS = N_("Posts and pages")
    MATRIX = N_("Competency matrix")
    FILES = N_("Files")
    MESSAGES = N_("Messages")
    PEOPLE = N_("People")
    ROLES = N_("Roles and rights")
    ACCOUNT = N_("One's own account")
    PROGRAMS = N_("Tokens and webhooks")
    OPERATOR = N_("The operator's")


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """*is_basic*: it goes with being there. No site changes it, and nobody needs to have it in order to give it."""

    group: Group
    text: str
    is_basic: bool = False


def _of(group: Group, *pairs: tuple[str, str]) -> dict[str, About]:
    return {action: About(group=group, text=text) for action, text in pairs}


def _basic(group: Group, *pairs: tuple[str, str]) -> dict[str, About]:
    return {action: About(group=group, text=text, is_basic=True) for action, text in pairs}


WORDS: dict[str, About] = {
    **_basic(Group.SITE, ("site.read", N_("See the site at all"))),
    **_of(
        Group.SITE,
        ("desk.open", N_("Open the desk")),
        ("site.edit", N_("Change the site's settings")),
        ("content.import", N_("Import content from an archive")),
        ("content.export", N_("Export all content")),
    ),
    **_of(
        Group.POSTS,
        ("post.read", N_("Read published posts and pages")),
        ("post.read_unpublished", N_("Read drafts and what is in the trash")),
        ("post.draft", N_("Write new posts and pages")),
        ("post.edit", N_("Change posts and pages")),
        ("post.publish", N_("Publish posts and pages")),
        ("post.withdraw", N_("Take posts and pages off the site")),
        ("post.trash", N_("Move posts and pages to the trash")),
        ("post.restore", N_("Take posts and pages out of the trash")),
        ("post.preview", N_("Make preview links to drafts")),
        ("tag.edit", N_("Rename, merge and delete tags and series")),
    ),
    **_of(
        Group.MATRIX,
        ("matrix.read", N_("Read the matrix")),
        ("question.read_unpublished", N_("Read drafts of questions")),
        ("question.draft", N_("Write new questions")),
        ("question.edit", N_("Change questions")),
        ("question.publish", N_("Publish questions")),
        ("question.withdraw", N_("Take questions off the matrix")),
        ("question.trash", N_("Move questions to the trash")),
        ("question.restore", N_("Take questions out of the trash")),
        ("question.order", N_("Order questions")),
        ("sheet.edit", N_("Change sheets, sections and subsections")),
        ("resource.edit", N_("Keep the library of resources")),
        ("suggestion.create", N_("Suggest a question")),
        ("suggestion.decide", N_("Accept and reject suggestions")),
        ("matrix.edit", N_("Change the matrix's settings")),
    ),
    **_of(
        Group.FILES,
        ("media.read", N_("See pictures and files on the site")),
        ("media.list", N_("Look through all files")),
        ("media.upload", N_("Upload files")),
        ("media.edit", N_("Describe files")),
        ("media.replace", N_("Replace files")),
        ("media.delete", N_("Delete files")),
    ),
    **_of(
        Group.MESSAGES,
        ("message.send", N_("Send a message by the contact form")),
        ("message.read", N_("Read messages")),
        ("message.edit", N_("Sort messages: read, answered, archived, spam")),
        ("message.reply", N_("Answer messages by e-mail")),
        ("message.delete", N_("Delete messages")),
        ("message.export", N_("Export messages")),
        ("message.erase", N_("Export and erase everything about an address")),
        ("contacts.edit", N_("Change the contact form")),
    ),
    **_of(
        Group.PEOPLE,
        ("user.list", N_("See who belongs to the site")),
        ("user.set_role", N_("Give people another role")),
        ("user.disable", N_("Shut people out and let them in again")),
        ("user.delete", N_("Delete people")),
        ("factor.reset", N_("Take second factors from people who lost them")),
        ("factor.require", N_("Decide whose sign-in needs a second factor")),
        ("invitation.create", N_("Invite people")),
        ("invitation.list", N_("See open invitations")),
        ("invitation.revoke", N_("Take invitations back")),
    ),
    **_of(
        Group.ROLES,
        ("role.list", N_("See the roles and their rights")),
        ("role.edit", N_("Change roles and their rights")),
        ("audit.read", N_("Read the log of changes")),
        ("audit.export", N_("Export the log of changes")),
        ("audit.edit", N_("Decide how long the log of changes is kept")),
    ),
    **_basic(Group.ROLES, ("access.explain", N_("Ask why something is allowed or not"))),
    **_basic(
        Group.ACCOUNT,
        ("session.create", N_("Sign in")),
        ("session.refresh", N_("Stay signed in")),
        ("session.read", N_("See where one is signed in")),
        ("session.end", N_("Sign out")),
        ("invitation.accept", N_("Accept an invitation")),
        ("whoami.read", N_("Ask who one is")),
        ("user.read", N_("See a person's data")),
        ("user.edit", N_("Change a person's profile")),
        ("password_reset.request", N_("Ask for a new password")),
        ("password_reset.use", N_("Set a new password by a link")),
        ("email_change.confirm", N_("Confirm a new e-mail address")),
        ("user.change_credentials", N_("Change one's own password and e-mail address")),
        ("factor.manage", N_("Change one's own second factors")),
    ),
    **_of(
        Group.PROGRAMS,
        ("token.create", N_("Make API tokens")),
        ("webhook.list", N_("See webhooks")),
        ("webhook.edit", N_("Make, change and delete webhooks")),
        ("delivery.read", N_("Read what webhooks were told and answered")),
        ("delivery.redeliver", N_("Send events to webhooks again, and test events")),
    ),
    **_basic(
        Group.PROGRAMS,
        ("token.list", N_("See API tokens")),
        ("token.revoke", N_("Revoke API tokens")),
    ),
    **_of(
        Group.OPERATOR,
        ("tenant.create", N_("Make sites")),
        ("tenant.list", N_("List sites")),
        ("tenant.show", N_("Look at a site from outside")),
        ("tenant.apply", N_("Apply a site kept as code")),
        ("schema.migrate", N_("Migrate databases")),
        ("post.announce", N_("Announce what was published at its time")),
        ("post.render", N_("Render texts again")),
        ("trash.empty", N_("Empty the trash when its time is up")),
        ("file.delete", N_("Delete files that nothing shows any more")),
        ("import.run", N_("Run an import that was begun")),
        ("question.announce", N_("Announce a question that was published")),
        ("resource.check", N_("Check links of the library")),
        ("mail.send", N_("Send letters")),
        ("audit.trim", N_("Trim the log of changes")),
        ("delivery.send", N_("Send events to webhooks")),
        ("delivery.expire", N_("Forget deliveries when their time is up")),
        ("message.expire", N_("Erase messages when their time is up")),
        ("task.list", N_("List tasks")),
        ("task.retry", N_("Try a task again")),
    ),
}
ABOUT = {Action(name): about for name, about in WORDS.items()}
