from collections.abc import Sequence
from dataclasses import dataclass

from core.access import Access, Action
from core.contacts.entities import Member
from core.contacts.form import ContactForm
from core.contacts.storage import FormStorage, MemberDirectory


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownSettings:
    """*members* are those who can be told of new messages."""

    form: ContactForm
    members: Sequence[Member]


@dataclass(frozen=True, slots=True, kw_only=True)
class ShowContactSettings:
    """The owner sees what she has decided about the form."""

    access: Access
    forms: FormStorage
    members: MemberDirectory

    async def __call__(self) -> ShownSettings:
        self.access.require(Action.EDIT_CONTACTS)
        return ShownSettings(form=await self.forms.form(), members=await self.members.list_members())
