"""A house that looks after its people."""

from core.access import Action
from core.identity import ApiTokenId, UserId
from core.users.api_tokens import ApiToken
from core.users.device_watch import DeviceWatch
from core.users.entities import User
from core.users.profiles import Profile
from tests.core.fakes.api_tokens import MemoryApiTokens
from tests.core.fakes.credentials import FakeLinkTokens
from tests.core.fakes.mail import FakeBox
from tests.core.fakes.users import MemoryBelongings
from tests.core.makers import NOW
from tests.core.roles_house import RolesHouse


class PeopleHouse(RolesHouse):
    def __init__(self) -> None:
        super().__init__()
        self.api_tokens = MemoryApiTokens(self.users)
        self.belongings = MemoryBelongings()
        self.link_tokens = FakeLinkTokens()
        self.box = FakeBox()
        self.transaction.join(self.users.beside, self.api_tokens, self.belongings)

    @property
    def devices(self) -> DeviceWatch:
        return DeviceWatch(users=self.users, outbox=self.outbox)

    def has_profile(self, user: User, profile: Profile, devices: tuple[str, ...] = ()) -> User:
        self.users.beside.kept[user.id] = (profile, devices)
        return self.has_user(user)

    def has_token(self, of: UserId) -> ApiToken:
        token = ApiToken(
            id=ApiTokenId(f"token of {of}"),
            user_id=of,
            name="Nightly",
            digest=of,
            hint="1000",
            scopes=frozenset({Action.DRAFT_POST}),
            is_draft_only=False,
            created_at=NOW,
            expires_at=NOW.replace(year=2100),
        )
        self.api_tokens.kept[token.id] = token
        self.transaction.settle()
        return token
