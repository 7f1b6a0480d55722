"""The two ways into the one database: `default` as the role that works on the book, `owner` as the one that owns it."""

from typing import Any

import environ

POOL = {"min_size": 1, "max_size": 8, "timeout": 5}  # a request waits 5 s for a connection, then answers 503


def databases(env: environ.Env) -> dict[str, dict[str, Any]]:
    """The application's processes get no owner's URL, so that alias does not exist there."""
    url = env.str("DATABASE_URL", default="postgres://hedgebook_app@/hedgebook")
    default = _connection(
        url,
        statement_timeout=env.int("HEDGEBOOK_STATEMENT_TIMEOUT_MS", default=600_000),
        lock_timeout=env.int("HEDGEBOOK_LOCK_TIMEOUT_MS", default=10_000),
    )
    if env.bool("HEDGEBOOK_DATABASE_POOL", default=False):
        default["OPTIONS"]["pool"] = POOL
    else:
        default |= {"CONN_MAX_AGE": 60, "CONN_HEALTH_CHECKS": True}
    found = {"default": default}
    if owner := env.str("DATABASE_OWNER_URL", default=""):
        # A migration may take long, but must not queue up behind a long reader and block everybody after it.
        found["owner"] = _connection(owner, statement_timeout=0, lock_timeout=30_000)
    return found


def _connection(url: str, *, statement_timeout: int, lock_timeout: int) -> dict[str, Any]:
    parsed = environ.Env.db_url_config(url)
    options = parsed.setdefault("OPTIONS", {})
    for name in ("host", "port"):  # as libpq writes a unix socket: postgres://role@/name?host=/folder
        if name in options:
            parsed[name.upper()] = str(options.pop(name))
    options["application_name"] = "hedgebook"
    options["options"] = (
        f"-c statement_timeout={statement_timeout} -c lock_timeout={lock_timeout} "
        # Compiling costs more than it saves on this application's queries: seconds for each write in bulk.
        f"-c idle_in_transaction_session_timeout=600000 -c jit=off"
    )
    return {**parsed, "ENGINE": "django.db.backends.postgresql"}
