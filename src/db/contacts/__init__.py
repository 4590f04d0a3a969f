from db.contacts.form import SqlFormStorage
from db.contacts.members import SqlMemberDirectory
from db.contacts.messages import SqlMessageStorage
from db.contacts.rows import MessageRow

__all__ = ["MessageRow", "SqlFormStorage", "SqlMemberDirectory", "SqlMessageStorage"]
