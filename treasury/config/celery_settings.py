"""How work is queued. The queue is a doorbell: what has to be done stands in Postgres, so losing it loses nothing."""

from typing import Any

SHORT = 5  # seconds: a broker that hangs must not hold a request

CELERY_RESULT_BACKEND = None
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TIMEZONE = "UTC"
CELERY_ENABLE_UTC = True
# A task is only off the queue when it is done, and comes back when the process that ran it was killed.
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_CANCEL_LONG_RUNNING_TASKS_ON_CONNECTION_LOSS = True
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_CONNECTION_TIMEOUT = SHORT
CELERY_TASK_PUBLISH_RETRY_POLICY = {"max_retries": 1, "interval_start": 0.1, "interval_max": 0.2}


def transport_options(prefix: str) -> dict[str, Any]:
    options: dict[str, Any] = {
        "visibility_timeout": 900,
        "socket_timeout": SHORT,
        "socket_connect_timeout": SHORT,
        "socket_keepalive": True,
        "health_check_interval": 15,
    }
    return options | ({"global_keyprefix": prefix} if prefix else {})
