"""A house whose members give programs tokens."""

from dataclasses import replace
from datetime import timedelta
from itertools import count

from core.access import Action
from core.identity import ApiTokenId, Role, UserId
from core.users.api_tokens import ApiToken, TokenWanted
from tests.core.fakes.access import FakeAccess
from tests.core.fakes.api_tokens import FakeApiTokenCodes, MemoryApiTokens
from tests.core.house import somebody
from tests.core.makers import NOW, member
from tests.core.roles_house import RolesHouse

IN_A_MONTH = NOW + timedelta(days=30)
DRAFTS = frozenset({Action.DRAFT_POST, Action.EDIT_POST})


class TokensHouse(RolesHouse):
    def __init__(self) -> None:
        super().__init__()
        self.api_tokens = MemoryApiTokens(self.users)
        self.codes = FakeApiTokenCodes()
        self.transaction.join(self.api_tokens)
        self._numbers = count()

    def has_member(self, role: Role) -> UserId:
        """Who acts when *role* is admitted."""
        actor = somebody(role)
        user = replace(member(), id=actor.user_id or UserId(""), email=actor.email, name=actor.name, role=role)
        return self.has_user(user).id

    def has_token(
        self, of: UserId, scopes: frozenset[Action] = DRAFTS, *, made_with: ApiToken | None = None
    ) -> ApiToken:
        token = ApiToken(
            id=ApiTokenId(f"t{next(self._numbers)}"),
            user_id=of,
            name="Nightly drafts",
            digest=self.codes.digests(self.codes.make())[0],
            hint="1000",
            scopes=scopes,
            is_draft_only=False,
            created_at=NOW,
            expires_at=IN_A_MONTH,
            ancestors=(*made_with.ancestors, made_with.id) if made_with else (),
        )
        return self.keeps(token)

    def keeps(self, token: ApiToken) -> ApiToken:
        self.api_tokens.kept[token.id] = token
        self.transaction.settle()
        return token

    def admits_token(self, role: Role, token: ApiToken) -> None:
        """From now on a program acts with *token* of the member of *role*."""
        self.access = FakeAccess(token.acting(self.users.kept[somebody(role).user_id or UserId("")]))


def wanted(*scopes: Action) -> TokenWanted:
    return TokenWanted(name=" Nightly drafts ", scopes=frozenset(scopes) or DRAFTS, expires_at=IN_A_MONTH)
