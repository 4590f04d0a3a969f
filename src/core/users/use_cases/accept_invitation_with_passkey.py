from dataclasses import dataclass

from core.access import Access, Action
from core.audit import Refusals
from core.clock import Clock
from core.errors import refuse_if_any
from core.identity import UserId
from core.limits import Client, RateLimiter
from core.transaction import Transaction
from core.users.challenges import Challenges
from core.users.entities import Invitation, member_of, name_problem
from core.users.factor_errors import ChallengeEnded, PasskeyNotMade, PasskeyRefused
from core.users.factor_keeping import FactorKeeping
from core.users.joining import Joining
from core.users.limits import INVITATION_PER_CLIENT
from core.users.new_passkeys import passkey_of
from core.users.proofs import ChallengePurpose, PasskeyMade, Passkeys
from core.users.signed_in import Joined


@dataclass(frozen=True, slots=True, kw_only=True)
class AcceptInvitationWithPasskey:
    """Whoever has the link sets her name, becomes a member with a passkey instead of a password, and is signed in. Her
    recovery codes are told this once.

    Refused with InvitationNotFound (a link works once), EmailTaken, Invalid, PasskeyNotMade or ChallengeEnded.
    """

    access: Access
    passkeys: Passkeys
    challenges: Challenges
    joining: Joining
    keeping: FactorKeeping
    refusals: Refusals
    limiter: RateLimiter
    clock: Clock
    transaction: Transaction

    async def __call__(
        self, token: str, *, name: str, answer: str, challenge_token: str, client: Client, mark: str = ""
    ) -> Joined:
        self.access.require(Action.ACCEPT_INVITATION)
        await self.limiter.hit(INVITATION_PER_CLIENT, client.key)
        problem = name_problem(name)
        refuse_if_any([problem] if problem else [])
        challenge = self.challenges.read(challenge_token, ChallengePurpose.PASSKEY_INVITED)
        invitation = await self.joining.lock(token)
        if challenge.bound != invitation.id:
            raise ChallengeEnded
        made = self._made(answer, challenge.nonce, invitation)
        now = self.clock.now()
        user = member_of(invitation, name, None, now, user_id=UserId(challenge.subject))
        await self.joining.add(user, invitation)
        codes = await self.keeping.add(user, passkey_of(user.id, made, host=self.passkeys.host, name="", now=now))
        await self.challenges.spend(challenge)
        signed_in = await self.joining.welcome(user, by="passkey", client=client, mark=mark)
        await self.transaction.commit()
        return Joined(signed_in=signed_in, codes=codes)

    def _made(self, answer: str, nonce: str, invitation: Invitation) -> PasskeyMade:
        try:
            return self.passkeys.made(answer, nonce)
        except PasskeyRefused as error:
            self.refusals.note(Action.ACCEPT_INVITATION, subject=invitation.id, reason=error.code)
            raise PasskeyNotMade from None
