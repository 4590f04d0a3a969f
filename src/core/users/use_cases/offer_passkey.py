from dataclasses import dataclass

from core.access import Access, Action
from core.errors import refuse_if_any
from core.limits import Client, RateLimiter
from core.users.challenges import Challenges
from core.users.entities import name_problem, new_user_id
from core.users.joining import Joining
from core.users.limits import INVITATION_PER_CLIENT
from core.users.proofs import ChallengePurpose, PasskeyAsked, Passkeys


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferPasskey:
    """Whoever has an invitation's link wants to accept it with a passkey: her browser is told what to make. Nothing
    changes yet. Refused with InvitationNotFound, Invalid or TooMany.
    """

    access: Access
    joining: Joining
    passkeys: Passkeys
    challenges: Challenges
    limiter: RateLimiter

    async def __call__(self, token: str, *, name: str, client: Client) -> PasskeyAsked:
        self.access.require(Action.ACCEPT_INVITATION)
        await self.limiter.hit(INVITATION_PER_CLIENT, client.key)
        problem = name_problem(name)
        refuse_if_any([problem] if problem else [])
        invitation = await self.joining.find(token)
        user_id = new_user_id()
        challenge = self.challenges.new(ChallengePurpose.PASSKEY_INVITED, subject=user_id, bound=invitation.id)
        options = self.passkeys.creation(
            challenge.nonce, user_id=user_id, email=invitation.email, name=name.strip(), known=()
        )
        return PasskeyAsked(options=options, token=self.challenges.token(challenge))
