class FakeLinks:
    """*troubles* by address; whatever is not there answers. *asked* are the addresses, in their order."""

    def __init__(self) -> None:
        self.troubles: dict[str, str] = {}
        self.asked: list[str] = []

    async def check(self, url: str) -> str:
        self.asked.append(url)
        return self.troubles.get(url, "")
