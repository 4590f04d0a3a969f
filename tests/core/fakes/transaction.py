class MemoryTransaction:
    """Counts; *commits* are those that became durable."""

    def __init__(self) -> None:
        self.commits = 0
        self.rests = 0
        self.is_held = False

    async def commit(self) -> None:
        self.commits += not self.is_held

    async def rest(self) -> None:
        self.rests += 1

    def hold(self) -> None:
        self.is_held = True

    async def release(self) -> None:
        self.is_held = False
        await self.commit()
