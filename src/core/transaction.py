"""Making changes final."""

from typing import Protocol


class Transaction(Protocol):
    """The one transaction of a request. Leaving without commit rolls back."""

    async def commit(self) -> None:
        """Make all changes since the last commit durable and visible, all or none.

        Raises the core error that a violated constraint stands for (SlugTaken, …), and Unavailable when
        the database does not answer.
        """
        ...

    async def rest(self) -> None:
        """Give the connection back before something slow (hashing, object storage); nothing was written yet.

        The next access begins a new transaction.
        """
        ...
