from datetime import UTC, datetime, timedelta


class SetClock:
    """Stands still until it is moved."""

    def __init__(self, at: datetime = datetime(2026, 5, 4, 12, tzinfo=UTC)) -> None:
        self.at = at

    def now(self) -> datetime:
        return self.at

    def pass_(self, **units: float) -> None:
        self.at += timedelta(**units)
