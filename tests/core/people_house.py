"""A house that looks after its people."""

from core.users.device_watch import DeviceWatch
from core.users.entities import User
from core.users.profiles import Profile
from tests.core.fakes.api_tokens import MemoryApiTokens
from tests.core.fakes.credentials import FakeLinkTokens
from tests.core.fakes.mail import FakeBox
from tests.core.fakes.users import MemoryBelongings
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
