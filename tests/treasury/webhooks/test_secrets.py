"""What a message is signed with, and how long is waited after a failure."""

import random
from typing import Any

import pytest

from treasury.domain.refusals import Refusal
from treasury.domain.webhooks import backoff, secrets


def test_the_example_of_the_specification() -> None:
    """Standard Webhooks, reference libraries: secret, id, time stamp, body and signature."""
    assert (
        secrets.signature(
            "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
            "msg_p5jXN8AQM9LWM0D4loKWxJek",
            1614265330,
            b'{"test": 2432232314}',
        )
        == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="
    )


def test_a_secret_is_kept_encrypted_and_keys_can_be_replaced(settings: Any) -> None:
    settings.HEDGEBOOK_WEBHOOK_KEYS = ["old"]
    secret = secrets.made()
    kept = secrets.encrypted(secret)
    assert secret not in kept
    settings.HEDGEBOOK_WEBHOOK_KEYS = ["new", "old"]
    assert secrets.decrypted(kept) == secret
    newly = secrets.encrypted(secret)
    settings.HEDGEBOOK_WEBHOOK_KEYS = ["new"]
    assert secrets.decrypted(newly) == secret
    with pytest.raises(Refusal, match="make a new one"):
        secrets.decrypted(kept)


def test_secrets_are_long_and_never_the_same() -> None:
    found = {secrets.made() for _ in range(50)}
    assert len(found) == 50
    assert all(len(secret) > 45 for secret in found)


def test_each_wait_is_twice_as_long_up_to_six_hours_with_chance_in_it() -> None:
    for failures in range(1, 40):
        whole = min(5 * 2 ** (failures - 1), 21_600)
        waits = [backoff.seconds(failures, random.Random(seed)) for seed in range(100)]
        assert whole / 2 <= min(waits) < max(waits) <= whole
        assert max(waits) - min(waits) > whole / 4
