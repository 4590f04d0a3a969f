from dishka import Provider, Scope, provide, provide_all

from core.contacts.storage import ClientMarks, FormStamps, FormStorage, MemberDirectory, MessageStorage
from core.contacts.tidings import Tidings
from core.contacts.use_cases.change_messages import ChangeMessages
from core.contacts.use_cases.count_messages import CountMessages
from core.contacts.use_cases.disclose_address import DiscloseAddress
from core.contacts.use_cases.edit_contacts import EditContacts
from core.contacts.use_cases.edit_message import EditMessage
from core.contacts.use_cases.erase_address import EraseAddress
from core.contacts.use_cases.expire_messages import ExpireMessages
from core.contacts.use_cases.export_messages import ExportMessages
from core.contacts.use_cases.find_address import FindAddress
from core.contacts.use_cases.list_messages import ListMessages
from core.contacts.use_cases.query_messages import QueryMessages
from core.contacts.use_cases.reply_to_message import ReplyToMessage
from core.contacts.use_cases.restore_messages import RestoreMessages
from core.contacts.use_cases.send_message import SendMessage
from core.contacts.use_cases.show_contact_settings import ShowContactSettings
from core.contacts.use_cases.show_form import ShowForm
from core.contacts.use_cases.show_message import ShowMessage
from core.contacts.use_cases.trash_messages import TrashMessages
from core.tenancy.entities import Tenant
from db.contacts import SqlFormStorage, SqlMemberDirectory, SqlMessageStorage
from services.client_marks import HmacClientMarks
from services.form_stamps import HmacFormStamps
from services.key_ring import KeyRing


class ContactsProvider(Provider):
    scope = Scope.REQUEST

    messages = provide(SqlMessageStorage, provides=MessageStorage)
    forms = provide(SqlFormStorage, provides=FormStorage)
    members = provide(SqlMemberDirectory, provides=MemberDirectory)
    tidings = provide(Tidings)
    use_cases = provide_all(
        ChangeMessages,
        CountMessages,
        DiscloseAddress,
        EditContacts,
        EditMessage,
        EraseAddress,
        ExpireMessages,
        ExportMessages,
        FindAddress,
        ListMessages,
        QueryMessages,
        ReplyToMessage,
        RestoreMessages,
        SendMessage,
        ShowContactSettings,
        ShowForm,
        ShowMessage,
        TrashMessages,
    )

    @provide
    def stamps(self, tenant: Tenant, ring: KeyRing) -> FormStamps:
        return HmacFormStamps(ring, tenant.id)

    @provide
    def marks(self, tenant: Tenant, ring: KeyRing) -> ClientMarks:
        return HmacClientMarks(ring, tenant.id)
