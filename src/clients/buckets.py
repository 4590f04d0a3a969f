from miniopy_async.api import Minio
from miniopy_async.error import S3Error

from clients import s3
from core.errors import Unavailable
from core.tenancy.entities import BucketKey

_SILENCE_SECONDS = 15.0
_STANDS = ("BucketAlreadyOwnedByYou", "BucketAlreadyExists")


class MinioBuckets:
    """Makes buckets in any S3 store, by the root key. Used by the command line only."""

    def __init__(self, endpoint: str, region: str, root: BucketKey) -> None:
        self._endpoint = endpoint
        self._region = region
        self._root = root

    async def create(self, bucket: str) -> None:
        async with s3.open_session(connections=1, silence=_SILENCE_SECONDS) as session:
            client = s3.client(self._endpoint, self._region, self._root, session)
            try:
                await client.make_bucket(bucket)
            except S3Error as error:
                if error.code not in _STANDS:
                    raise Unavailable from error
                await self._refuse_foreign(client, bucket)
            except s3.TROUBLES as trouble:
                raise Unavailable from trouble

    async def _refuse_foreign(self, client: Minio, bucket: str) -> None:
        """Stores share their names among all accounts: what stands must be ours to use."""
        try:
            await client.bucket_exists(bucket)
        except s3.TROUBLES as trouble:
            raise Unavailable from trouble
