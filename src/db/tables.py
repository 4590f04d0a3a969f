"""All tables of both kinds of schema; importing the rows is what fills the lists."""

from db import (
    api_tokens,
    audit,
    blog,
    competency_matrix,
    contacts,
    factors,
    idempotency,
    limits,
    media,
    platform,
    policy,
    site,
    tasks,
    users,
    wakeups,
    webhooks,
)
from db.base import PlatformRow, TenantRow

PLATFORM_TABLES = PlatformRow.metadata
TENANT_TABLES = TenantRow.metadata
TABLE_BUDGET = 30
"""Each backend remembers the catalogue of every schema it served: tables times tenants is its memory."""

ROWS = (
    api_tokens.ApiTokenRow,
    audit.AuditEventRow,
    blog.ImportRow,
    blog.PostRow,
    blog.PreviewLinkRow,
    blog.RedirectRow,
    blog.RevisionRow,
    blog.SearchWordRow,
    blog.WorkingCopyRow,
    competency_matrix.MatrixSettingsRow,
    competency_matrix.QuestionRevisionRow,
    competency_matrix.QuestionRow,
    competency_matrix.ResourceRow,
    competency_matrix.SheetRow,
    competency_matrix.SuggestionRow,
    contacts.MessageRow,
    factors.FactorRow,
    idempotency.IdempotencyRow,
    limits.RateLimitRow,
    media.MediaRow,
    platform.BucketKeyRow,
    platform.HostnameRow,
    platform.OperatorEventRow,
    platform.TenantOfPlatformRow,
    policy.PolicyDifferenceRow,
    policy.RoleRow,
    site.SiteRow,
    tasks.TaskRow,
    users.InvitationRow,
    users.SessionRow,
    users.UserRow,
    wakeups.WakeupRow,
    webhooks.DeliveryRow,
    webhooks.WebhookRow,
)
