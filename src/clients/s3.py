"""How an S3 store is talked to: addresses, patience, and which troubles mean that it does not answer."""

from urllib.parse import urlsplit

from aiohttp import ClientError, ClientSession, ClientTimeout, DummyCookieJar, TCPConnector
from miniopy_async.api import Minio
from miniopy_async.error import InvalidResponseError, S3Error, ServerError

from core.tenancy.entities import BucketKey

CONNECT_SECONDS = 2.0
SILENCE_SECONDS = 3.0
TROUBLES = (ClientError, TimeoutError, OSError, S3Error, ServerError, InvalidResponseError)
"""Whatever a request to the store may raise; OSError includes refused connections."""

_OUR_FAULT = 400
_THEIR_FAULT = 500


def is_silence(trouble: BaseException) -> bool:
    """Whether the store as a whole is in trouble, not only this request."""
    if isinstance(trouble, S3Error):
        return trouble.response.status >= _THEIR_FAULT
    return not (isinstance(trouble, ServerError) and _OUR_FAULT <= trouble.status_code < _THEIR_FAULT)


def is_missing(trouble: BaseException) -> bool:
    """Whether there is no such object. A missing bucket is something else: a fault of the installation."""
    return isinstance(trouble, S3Error) and trouble.code in ("NoSuchKey", "NoSuchObject")


def open_session(*, connections: int, silence: float = SILENCE_SECONDS) -> ClientSession:
    """The library's own session holds 10 connections, waits for five minutes and tries five times."""
    return ClientSession(
        connector=TCPConnector(limit=connections),
        timeout=ClientTimeout(total=None, connect=CONNECT_SECONDS, sock_connect=CONNECT_SECONDS, sock_read=silence),
        cookie_jar=DummyCookieJar(),
    )


def client(endpoint: str, region: str, key: BucketKey, session: ClientSession) -> Minio:
    """Given the region, it never asks where a bucket lives."""
    parts = urlsplit(endpoint)
    return Minio(
        parts.netloc,
        access_key=key.access_key,
        secret_key=key.secret_key,
        secure=parts.scheme == "https",
        region=region,
        session=session,
    )
