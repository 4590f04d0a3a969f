from dishka import Provider, Scope, provide, provide_all

from core.site.audit_log import AuditLog
from core.site.storage import SiteStorage
from core.site.use_cases.drop_task import DropTask
from core.site.use_cases.edit_audit import EditAudit
from core.site.use_cases.edit_site import EditSite
from core.site.use_cases.export_audit_events import ExportAuditEvents
from core.site.use_cases.list_audit_events import ListAuditEvents
from core.site.use_cases.list_tasks import ListTasks
from core.site.use_cases.retry_task import RetryTask
from core.site.use_cases.show_audit import ShowAudit
from core.site.use_cases.show_site import ShowSite
from core.site.use_cases.trim_audit import TrimAudit
from db.audit_log import SqlAuditLog
from db.site import SqlSiteStorage


class SiteProvider(Provider):
    scope = Scope.REQUEST

    site = provide(SqlSiteStorage, provides=SiteStorage)
    audit_log = provide(SqlAuditLog, provides=AuditLog)
    use_cases = provide_all(
        DropTask,
        EditAudit,
        EditSite,
        ExportAuditEvents,
        ListAuditEvents,
        ListTasks,
        RetryTask,
        ShowAudit,
        ShowSite,
        TrimAudit,
    )
