"""Keys that open a site's bucket."""

import json
import secrets
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import urlsplit

from aiohttp import ClientError
from miniopy_async.credentials.providers import StaticProvider
from miniopy_async.error import MinioAdminException

from clients import s3
from clients.minio_admin import FrugalMinioAdmin
from core.errors import Unavailable
from core.tenancy.entities import BucketKey

_SECRET_BYTES = 30
_SILENCE_SECONDS = 15.0
_WHOLE_BUCKET = ("s3:GetBucketLocation", "s3:ListBucket")
_ITS_OBJECTS = ("s3:GetObject", "s3:PutObject", "s3:DeleteObject")


class MinioBucketKeys:
    """A user of MinIO for each bucket, with a policy for that bucket only; both are named like the bucket."""

    def __init__(self, endpoint: str, region: str, root: BucketKey) -> None:
        self._endpoint = urlsplit(endpoint)
        self._region = region
        self._root = root

    async def issue(self, bucket: str) -> BucketKey:
        key = BucketKey(access_key=bucket, secret_key=secrets.token_urlsafe(_SECRET_BYTES))
        try:
            await self._make_user(key, bucket)
        except (MinioAdminException, ClientError, TimeoutError, OSError) as trouble:
            raise Unavailable from trouble
        return key

    async def _make_user(self, key: BucketKey, bucket: str) -> None:
        async with s3.open_session(connections=1, silence=_SILENCE_SECONDS) as session:
            admin = FrugalMinioAdmin(
                self._endpoint.netloc,
                StaticProvider(self._root.access_key, self._root.secret_key),
                region=self._region,
                secure=self._endpoint.scheme == "https",
                session=session,
            )
            with TemporaryDirectory(prefix="terrace-policy-") as folder:
                policy = Path(folder) / "policy.json"
                policy.write_text(json.dumps(policy_for(bucket)), encoding="utf-8")
                await admin.policy_add(bucket, str(policy))
            await admin.user_add(key.access_key, key.secret_key)
            await admin.policy_set(bucket, user=key.access_key)


class SharedBucketKeys:
    """For stores without users of their own: one key opens all buckets, and MinioFiles keeps to its own."""

    def __init__(self, key: BucketKey) -> None:
        self._key = key

    async def issue(self, bucket: str) -> BucketKey:
        del bucket
        return self._key


def policy_for(bucket: str) -> dict[str, object]:
    """What a site's key may do: everything that its files need, in its own bucket.

    Without the right to list, the store would answer "denied" instead of "missing".
    """
    arn = f"arn:aws:s3:::{bucket}"
    statements = [
        {"Effect": "Allow", "Action": list(_WHOLE_BUCKET), "Resource": [arn]},
        {"Effect": "Allow", "Action": list(_ITS_OBJECTS), "Resource": [f"{arn}/*"]},
    ]
    return {"Version": "2012-10-17", "Statement": statements}
