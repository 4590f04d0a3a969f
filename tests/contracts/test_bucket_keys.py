"""The contracts of Buckets and BucketKeys, on the store of this run."""

import pytest

from clients.buckets import MinioBuckets
from clients.object_store import ObjectStore
from core.errors import Unavailable
from core.media.entities import new_media_key
from core.media.errors import MediaNotFound
from core.tenancy.entities import BucketKey, new_tenant_id
from dev.services import ServiceAddresses
from dev.store import StoreKind
from tests.fixtures.bucket import PICTURE, OwnBucket, bucket_keys_of, new_bucket, root_key

KEY = new_media_key("webp")


async def test_making_a_bucket_again_changes_nothing(
    services: ServiceAddresses, store: ObjectStore, bucket: OwnBucket
) -> None:
    files = store.files(bucket.name, bucket.key)
    await files.put(KEY, PICTURE)

    await MinioBuckets(services.storage_endpoint, services.storage_region, root_key(services)).create(bucket.name)

    assert (await files.open(KEY)).size == len(PICTURE.content)


async def test_files_keep_to_their_own_bucket(
    services: ServiceAddresses, store: ObjectStore, bucket: OwnBucket
) -> None:
    other = await new_bucket(services)
    await store.files(other.name, other.key).put(KEY, PICTURE)

    with pytest.raises(MediaNotFound):
        await store.files(bucket.name, bucket.key).open(KEY)


async def test_one_sites_key_does_not_open_anothers_bucket(
    services: ServiceAddresses, store: ObjectStore, bucket: OwnBucket
) -> None:
    if services.storage_kind is not StoreKind.MINIO:
        assert (await new_bucket(services)).key == bucket.key, "this store has one key for all"
        return
    other = await new_bucket(services)
    await store.files(other.name, other.key).put(KEY, PICTURE)
    with_foreign_key = store.files(other.name, bucket.key)

    for attempt in (with_foreign_key.open(KEY), with_foreign_key.put(KEY, PICTURE), with_foreign_key.delete(KEY)):
        with pytest.raises(Unavailable):
            await attempt
    assert (await store.files(other.name, other.key).open(KEY)).size == len(PICTURE.content)


async def test_issuing_again_gives_a_key_that_opens(
    services: ServiceAddresses, store: ObjectStore, bucket: OwnBucket
) -> None:
    again = await bucket_keys_of(services).issue(bucket.name)
    await store.files(bucket.name, again).put(KEY, PICTURE)

    if services.storage_kind is StoreKind.MINIO:
        assert again != bucket.key
        with pytest.raises(Unavailable):
            await store.files(bucket.name, bucket.key).open(KEY)


async def test_a_wrong_secret_opens_nothing(store: ObjectStore, bucket: OwnBucket) -> None:
    wrong = BucketKey(access_key=bucket.key.access_key, secret_key="x" * 40)

    with pytest.raises(Unavailable):
        await store.files(bucket.name, wrong).open(KEY)


async def test_without_the_root_key_there_are_no_buckets_and_no_keys(services: ServiceAddresses) -> None:
    wrong = BucketKey(access_key=services.storage_root_access_key, secret_key="x" * 40)

    with pytest.raises(Unavailable):
        await MinioBuckets(services.storage_endpoint, services.storage_region, wrong).create(f"tst-{new_tenant_id()}")


async def test_no_store_no_bucket() -> None:
    with pytest.raises(Unavailable):
        await MinioBuckets("http://127.0.0.1:9", "us-east-1", BucketKey(access_key="aaaa", secret_key="b" * 8)).create(
            f"tst-{new_tenant_id()}"
        )
