from dataclasses import dataclass, replace

from core.access import Access, Action
from core.audit import AuditTrail
from core.errors import refuse_if_any
from core.identity import UserId
from core.markdown import MarkdownRenderer
from core.transaction import Transaction
from core.users.people import BelongingsStorage, locked
from core.users.profiles import OwnData, Profile, ProfileWishes
from core.users.storage import UserStorage


@dataclass(frozen=True, slots=True, kw_only=True)
class EditProfile:
    """A member changes what readers see of her and the language of her desk; an owner anybody's. What she wrote goes
    under her new name.

    Refused with UserNotFound or Invalid.
    """

    access: Access
    users: UserStorage
    belongings: BelongingsStorage
    markdown: MarkdownRenderer
    audit: AuditTrail
    transaction: Transaction

    async def __call__(self, user_id: UserId, wishes: ProfileWishes, *, lang: str) -> OwnData:
        self.access.require(Action.EDIT_USER)
        refuse_if_any(wishes.problems())
        bio = await self.markdown.render(wishes.bio, lang=lang)
        user = await locked(self.users, user_id)
        self.access.require(Action.EDIT_USER, on=user)
        before = _facts(user.name, await self.users.get_profile(user.id))
        changed, profile = (
            replace(user, name=wishes.name.strip(), locale=wishes.locale),
            wishes.profile(bio_html=bio.html),
        )
        await self.users.save(changed)
        await self.users.save_profile(user.id, profile)
        if changed.name != user.name:
            await self.belongings.rename(changed, before=user.name)
        after = _facts(changed.name, profile)
        await self.audit.record(Action.EDIT_USER, subject=user.id, label=changed.name, before=before, after=after)
        await self.transaction.commit()
        return OwnData(user=changed, profile=profile)


def _facts(name: str, profile: Profile) -> dict[str, str]:
    links = " ".join(link.url for link in profile.links)
    return {"name": name, "bio": profile.bio[:200], "picture": profile.picture or "", "links": links}
