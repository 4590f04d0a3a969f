from dishka import Provider, Scope, provide, provide_all

from core.profile import TenantProfiles
from core.security import SecurityStorage
from core.tenancy.entities import Tenant
from core.users.beginning import Beginning
from core.users.challenges import Challenges
from core.users.factor_keeping import FactorKeeping, Reassurance
from core.users.factors import FactorStorage
from core.users.joining import Joining
from core.users.proofs import ChallengeTokens, OneTimeCodes, Passkeys, QrCodes, RecoveryCodes
from core.users.second_step import SecondStep
from core.users.use_cases.accept_invitation_with_passkey import AcceptInvitationWithPasskey
from core.users.use_cases.add_app import AddApp
from core.users.use_cases.add_passkey import AddPasskey
from core.users.use_cases.ask_passkey import AskPasskey
from core.users.use_cases.begin_app import BeginApp
from core.users.use_cases.begin_passkey import BeginPasskey
from core.users.use_cases.edit_security import EditSecurity
from core.users.use_cases.finish_sign_in import FinishSignIn
from core.users.use_cases.offer_passkey import OfferPasskey
from core.users.use_cases.remove_factor import RemoveFactor
from core.users.use_cases.renew_recovery_codes import RenewRecoveryCodes
from core.users.use_cases.reset_factors import ResetFactors
from core.users.use_cases.show_factors import ShowFactors
from core.users.use_cases.show_security import ShowSecurity
from core.users.use_cases.sign_in_with_passkey import SignInWithPasskey
from db.factors import SqlFactorStorage
from db.security import SqlSecurityStorage
from entrypoints.http.options import HttpOptions
from services.key_ring import KeyRing
from services.paseto_tokens import PasetoChallengeTokens
from services.pyotp_codes import PyotpCodes
from services.recovery_codes import KeyedRecoveryCodes
from services.segno_qr import SegnoQrCodes


class FactorsProvider(Provider):
    scope = Scope.REQUEST

    factors = provide(SqlFactorStorage, provides=FactorStorage)
    security = provide(SqlSecurityStorage, provides=SecurityStorage)
    one_time_codes = provide(PyotpCodes, provides=OneTimeCodes)
    qr_codes = provide(SegnoQrCodes, provides=QrCodes)
    parts = provide_all(Beginning, Challenges, FactorKeeping, Joining, Reassurance, SecondStep)
    use_cases = provide_all(
        AcceptInvitationWithPasskey,
        AddApp,
        AddPasskey,
        AskPasskey,
        BeginApp,
        BeginPasskey,
        EditSecurity,
        FinishSignIn,
        OfferPasskey,
        RemoveFactor,
        RenewRecoveryCodes,
        ResetFactors,
        ShowFactors,
        ShowSecurity,
        SignInWithPasskey,
    )

    @provide
    def recovery_codes(self, tenant: Tenant, ring: KeyRing) -> RecoveryCodes:
        return KeyedRecoveryCodes(ring, tenant.id)

    @provide
    def challenge_tokens(self, tenant: Tenant, ring: KeyRing) -> ChallengeTokens:
        return PasetoChallengeTokens(ring, tenant.id)

    @provide
    async def passkeys(self, tenant: Tenant, profiles: TenantProfiles, options: HttpOptions) -> Passkeys:
        """Of the primary hostname, whatever the request says: passkeys are bound to it."""
        from services.webauthn_passkeys import WebauthnPasskeys  # costs every start and command a fifth of a second

        host, site = tenant.primary_host, (await profiles.get(tenant)).site
        return WebauthnPasskeys(host=host, origin=options.site_url(host), site=site.title)
