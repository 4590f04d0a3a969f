"""What to send where it is decided how long the log is kept."""

from __future__ import annotations

from typing import Any

SENT: dict[str, dict[str, Any]] = {
    "PUT /api/v1/audit-events/retention": {"json": {"days": 90}},
    "POST /admin/audit/retention": {"data": {"days": "90"}},
}
