import pytest

from clients.bucket_keys import policy_for
from clients.minio_admin import sealed


def test_a_sealed_payload_shows_nothing_and_never_looks_the_same() -> None:
    assert b"hunter2" not in sealed(b"hunter2", "root secret")
    assert sealed(b"hunter2", "root secret") != sealed(b"hunter2", "root secret")


def test_a_payload_fits_into_one_fragment_or_is_refused() -> None:
    assert len(sealed(bytes(16 * 1024), "root secret")) == 41 + 16 * 1024 + 16
    with pytest.raises(ValueError, match="fragment"):
        sealed(bytes(16 * 1024 + 1), "root secret")


def test_a_policy_names_no_bucket_but_its_own() -> None:
    statements = policy_for("terrace-abc")["Statement"]

    assert isinstance(statements, list)
    resources = [resource for statement in statements for resource in statement["Resource"]]
    assert resources == ["arn:aws:s3:::terrace-abc", "arn:aws:s3:::terrace-abc/*"]
    assert all(statement["Effect"] == "Allow" and "*" not in "".join(statement["Action"]) for statement in statements)
