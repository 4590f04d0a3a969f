from dishka import Provider, Scope, provide, provide_all

from core.users.authentication import Authenticate
from core.users.device_watch import DeviceWatch
from core.users.people import BelongingsStorage
from core.users.storage import InvitationStorage, SessionStorage, UserStorage
from core.users.use_cases.accept_invitation import AcceptInvitation
from core.users.use_cases.change_password import ChangePassword
from core.users.use_cases.confirm_email_change import ConfirmEmailChange
from core.users.use_cases.delete_user import DeleteUser
from core.users.use_cases.disable_user import DisableUser
from core.users.use_cases.edit_profile import EditProfile
from core.users.use_cases.enable_user import EnableUser
from core.users.use_cases.end_other_sessions import EndOtherSessions
from core.users.use_cases.end_session import EndSession
from core.users.use_cases.invite_user import InviteUser
from core.users.use_cases.list_invitations import ListInvitations
from core.users.use_cases.list_sessions import ListSessions
from core.users.use_cases.list_users import ListUsers
from core.users.use_cases.read_session import ReadSession
from core.users.use_cases.refresh_session import RefreshSession
from core.users.use_cases.request_email_change import RequestEmailChange
from core.users.use_cases.request_password_reset import RequestPasswordReset
from core.users.use_cases.resend_invitation import ResendInvitation
from core.users.use_cases.revoke_invitation import RevokeInvitation
from core.users.use_cases.send_reset_link import SendResetLink
from core.users.use_cases.set_role import SetRole
from core.users.use_cases.show_author import ShowAuthor
from core.users.use_cases.show_belongings import ShowBelongings
from core.users.use_cases.show_email_change import ShowEmailChange
from core.users.use_cases.show_invitation import ShowInvitation
from core.users.use_cases.show_password_reset import ShowPasswordReset
from core.users.use_cases.show_user import ShowUser
from core.users.use_cases.show_whoami import ShowWhoami
from core.users.use_cases.sign_in import SignIn
from core.users.use_cases.sign_out import SignOut
from core.users.use_cases.use_password_reset import UsePasswordReset
from db.belongings import SqlBelongings
from db.users import SqlInvitationStorage, SqlSessionStorage, SqlUserStorage


class UsersProvider(Provider):
    scope = Scope.REQUEST

    users = provide(SqlUserStorage, provides=UserStorage)
    sessions = provide(SqlSessionStorage, provides=SessionStorage)
    invitations = provide(SqlInvitationStorage, provides=InvitationStorage)
    authenticate = provide(Authenticate)
    devices = provide(DeviceWatch)
    belongings = provide(SqlBelongings, provides=BelongingsStorage)
    use_cases = provide_all(
        AcceptInvitation,
        ChangePassword,
        ConfirmEmailChange,
        DeleteUser,
        DisableUser,
        EditProfile,
        EnableUser,
        EndOtherSessions,
        ListInvitations,
        ListSessions,
        ListUsers,
        RequestEmailChange,
        RequestPasswordReset,
        ResendInvitation,
        RevokeInvitation,
        SendResetLink,
        SetRole,
        ShowAuthor,
        ShowBelongings,
        ShowEmailChange,
        ShowPasswordReset,
        ShowUser,
        UsePasswordReset,
        EndSession,
        InviteUser,
        ReadSession,
        RefreshSession,
        ShowInvitation,
        ShowWhoami,
        SignIn,
        SignOut,
    )
