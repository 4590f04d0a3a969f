"""Waiting for an HTTP server of ours."""

import asyncio
import http.client
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from dev.supervisor import Child
from dev.trouble import Trouble


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    status: int
    headers: http.client.HTTPMessage
    body: str


def ask(
    address: str,
    method: str = "GET",
    *,
    host: str | None = None,
    headers: Mapping[str, str] | None = None,
    body: str | None = None,
    timeout: float = 10.0,
) -> Answer:
    """One request to loopback, whatever name the Host header gives."""
    parts = urlsplit(address)
    connection = http.client.HTTPConnection("127.0.0.1", parts.port or 80, timeout=timeout)
    try:
        connection.request(method, parts.path or "/", body, {"Host": host or parts.netloc, **(headers or {})})
        response = connection.getresponse()
        content = response.read().decode(errors="replace")
        return Answer(status=response.status, headers=response.headers, body=content)
    finally:
        connection.close()


async def until_answers(
    address: str, children: Sequence[Child], *, host: str | None = None, patience: float = 60.0,
    is_good: Callable[[Answer], bool] = lambda answer: answer.status == 200,
) -> Answer:  # fmt: skip
    deadline = time.monotonic() + patience
    last = "nothing"
    while time.monotonic() < deadline:
        try:
            answer = await asyncio.to_thread(ask, address, host=host)
        except OSError as error:
            last = error.strerror or str(error)
        else:
            if is_good(answer):
                return answer
            last = f"status {answer.status}"
        for child in children:
            if not child.is_running:
                raise child.why_it_ended()
        await asyncio.sleep(0.05)
    raise Trouble(f"{host or ''} {address} did not answer in {patience:.0f} s: {last}".strip())
