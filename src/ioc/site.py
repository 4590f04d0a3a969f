from dishka import Provider, Scope, provide, provide_all

from core.site.storage import SiteStorage
from core.site.use_cases.edit_site import EditSite
from core.site.use_cases.list_tasks import ListTasks
from core.site.use_cases.retry_task import RetryTask
from core.site.use_cases.show_site import ShowSite
from db.site import SqlSiteStorage


class SiteProvider(Provider):
    scope = Scope.REQUEST

    site = provide(SqlSiteStorage, provides=SiteStorage)
    use_cases = provide_all(EditSite, ListTasks, RetryTask, ShowSite)
