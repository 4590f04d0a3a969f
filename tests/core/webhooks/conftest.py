import pytest

from tests.core.webhooks_house import WebhooksHouse


@pytest.fixture
def house() -> WebhooksHouse:
    return WebhooksHouse()
