from dishka import Provider, Scope, provide, provide_all

from core.tenancy.entities import Tenant
from core.users.api_tokens import ApiTokenCodes, ApiTokenStorage
from core.users.token_authentication import AuthenticateToken
from core.users.use_cases.create_token import CreateToken
from core.users.use_cases.list_tokens import ListTokens
from core.users.use_cases.revoke_token import RevokeToken
from core.users.use_cases.show_token import ShowToken
from db.api_tokens import SqlApiTokenStorage
from services.api_token_codes import KeyedApiTokenCodes
from services.key_ring import KeyRing


class TokensProvider(Provider):
    scope = Scope.REQUEST

    tokens = provide(SqlApiTokenStorage, provides=ApiTokenStorage)
    authenticate = provide(AuthenticateToken)
    use_cases = provide_all(CreateToken, ListTokens, RevokeToken, ShowToken)

    @provide
    def codes(self, tenant: Tenant, ring: KeyRing) -> ApiTokenCodes:
        return KeyedApiTokenCodes(ring, tenant.id)
