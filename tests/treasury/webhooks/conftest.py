from collections.abc import Iterator
from typing import Any

import pytest

from tests.factories.receiver import Receiver, receiving


@pytest.fixture
def receiver(settings: Any) -> Iterator[Receiver]:
    """The other side on this machine, which the settings allow."""
    with receiving() as found:
        settings.HEDGEBOOK_WEBHOOK_HOSTS = [f"127.0.0.1:{found.port}", f"hooks.test:{found.port}"]
        settings.HEDGEBOOK_WEBHOOK_NETWORKS = ["127.0.0.0/8"]
        settings.HEDGEBOOK_WEBHOOK_PLAIN_HTTP = True
        yield found
