"""The broker of one test process: its keys carry a prefix, so that tests side by side do not hear each other."""

import os
from urllib.parse import urlsplit

import redis
from django.conf import settings


def use_prefix(prefix: str) -> None:
    from treasury.config.celery import app

    os.environ["HEDGEBOOK_BROKER_PREFIX"] = prefix
    options = {**settings.CELERY_BROKER_TRANSPORT_OPTIONS, "global_keyprefix": prefix}
    settings.CELERY_BROKER_TRANSPORT_OPTIONS = options
    app.conf.broker_transport_options = options
    app._after_fork()  # connections that an earlier test has opened are without the prefix


def clear(prefix: str) -> None:
    """Takes away everything that earlier tests of this process queued."""
    with client() as connection:
        for key in connection.scan_iter(match=f"{prefix}*", count=1000):
            connection.delete(key)


def client() -> redis.Redis:
    address = urlsplit(settings.CELERY_BROKER_URL)
    if address.scheme == "redis+socket":
        return redis.Redis(unix_socket_path=address.path)
    return redis.Redis.from_url(settings.CELERY_BROKER_URL)
