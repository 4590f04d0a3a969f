"""A house that looks after its people."""

from core.access import Action
from core.identity import ApiTokenId, UserId
from core.users.api_tokens import ApiToken
from core.users.beginning import Beginning
from core.users.challenges import Challenges
from core.users.device_watch import DeviceWatch
from core.users.entities import User
from core.users.factor_keeping import FactorKeeping, Reassurance
from core.users.factors import Factor
from core.users.joining import Joining
from core.users.profiles import Profile
from core.users.second_step import SecondStep
from tests.core.fakes.api_tokens import MemoryApiTokens
from tests.core.fakes.credentials import FakeLinkTokens
from tests.core.fakes.factors import (
    FakeChallengeTokens,
    FakeOneTimeCodes,
    FakePasskeys,
    FakeRecoveryCodes,
    MemoryFactors,
    MemorySecurity,
)
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
        self.factors = MemoryFactors()
        self.security = MemorySecurity()
        self.one_time_codes = FakeOneTimeCodes()
        self.recovery_codes = FakeRecoveryCodes()
        self.challenge_tokens = FakeChallengeTokens()
        self.passkeys = FakePasskeys()
        self.transaction.join(self.users.beside, self.api_tokens, self.belongings, self.factors, self.security)

    @property
    def devices(self) -> DeviceWatch:
        return DeviceWatch(users=self.users, outbox=self.outbox)

    @property
    def beginning(self) -> Beginning:
        return self.make(Beginning)

    @property
    def joining(self) -> Joining:
        return self.make(Joining)

    @property
    def second_step(self) -> SecondStep:
        return self.make(SecondStep)

    @property
    def challenges(self) -> Challenges:
        return self.make(Challenges)

    @property
    def reassurance(self) -> Reassurance:
        return self.make(Reassurance)

    @property
    def keeping(self) -> FactorKeeping:
        return self.make(FactorKeeping)

    def has_factor(self, factor: Factor) -> Factor:
        self.factors.kept[factor.id] = factor
        self.transaction.settle()
        return factor

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
