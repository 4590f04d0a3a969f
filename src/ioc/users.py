from dishka import Provider, Scope, provide, provide_all

from core.users.authentication import Authenticate
from core.users.storage import InvitationStorage, SessionStorage, UserStorage
from core.users.use_cases.accept_invitation import AcceptInvitation
from core.users.use_cases.end_session import EndSession
from core.users.use_cases.invite_user import InviteUser
from core.users.use_cases.read_session import ReadSession
from core.users.use_cases.refresh_session import RefreshSession
from core.users.use_cases.show_invitation import ShowInvitation
from core.users.use_cases.show_whoami import ShowWhoami
from core.users.use_cases.sign_in import SignIn
from core.users.use_cases.sign_out import SignOut
from db.users import SqlInvitationStorage, SqlSessionStorage, SqlUserStorage


class UsersProvider(Provider):
    scope = Scope.REQUEST

    users = provide(SqlUserStorage, provides=UserStorage)
    sessions = provide(SqlSessionStorage, provides=SessionStorage)
    invitations = provide(SqlInvitationStorage, provides=InvitationStorage)
    authenticate = provide(Authenticate)
    use_cases = provide_all(
        AcceptInvitation,
        EndSession,
        InviteUser,
        ReadSession,
        RefreshSession,
        ShowInvitation,
        ShowWhoami,
        SignIn,
        SignOut,
    )
