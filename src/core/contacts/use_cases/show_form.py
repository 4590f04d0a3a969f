from dataclasses import dataclass

from core.access import Access, Action
from core.clock import Clock
from core.contacts.form import ContactForm
from core.contacts.storage import FormStamps, FormStorage


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownForm:
    """*stamp* goes back with the message: it tells when the form was shown, for a day."""

    form: ContactForm
    stamp: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ShowForm:
    """Anybody sees what the form asks, and whether it is open."""

    access: Access
    forms: FormStorage
    stamps: FormStamps
    clock: Clock

    async def __call__(self) -> ShownForm:
        self.access.require(Action.SEND_MESSAGE)
        return ShownForm(form=await self.forms.form(), stamp=self.stamps.make(self.clock.now()))
