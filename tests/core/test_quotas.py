import pytest

from core.quotas import Quota


@pytest.mark.parametrize(("times", "share"), [(1, 1), (19, 1), (40, 2), (6000, 300)])
def test_a_process_counts_a_twentieth_by_itself(times: int, share: int) -> None:
    assert Quota(name="client", times=times).share == share
