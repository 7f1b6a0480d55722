"""The set of servers that every command shares: the first one in starts it, the last one out stops it.

Ends by setting DATABASE_URL, DATABASE_OWNER_URL and REDIS_URL, which is all that the settings and the child
processes need to know. A server that is named by such a variable already is somebody else's and is left alone.
"""

import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

from treasury.launcher import places as server_places
from treasury.launcher import postgres, processes, roles, secrets, valkey
from treasury.launcher.locks import Use, exclusive
from treasury.launcher.paths import Paths
from treasury.launcher.signals import undisturbed


@contextmanager
def in_use(paths: Paths, *, throw_away: bool = False) -> Iterator[None]:
    """Joins the running servers or starts them, for the time of the block."""
    own_database = not os.environ.get("DATABASE_URL")
    own_broker = not os.environ.get("REDIS_URL")
    lock = paths.locks / "servers.lock"
    use = Use(paths.locks / "servers.users")
    before = dict(os.environ)
    with ExitStack() as stack:
        with exclusive(lock):
            use.join()
            stack.callback(_leave, paths, use, own_database, own_broker)
            processes.stop_orphans(paths)
            if own_database or own_broker:
                places = server_places.find(paths)
            if own_database:
                postgres.ensure(paths, places, throw_away=throw_away)
                os.environ["DATABASE_URL"] = postgres.url(places, roles.APP, secrets.keep(paths, "database-app"))
                os.environ["DATABASE_OWNER_URL"] = postgres.url(
                    places, roles.OWNER, secrets.keep(paths, "database-owner")
                )
            if own_broker:
                valkey.ensure(paths, places)
                os.environ["REDIS_URL"] = valkey.url(places)
                os.environ[processes.OWN_BROKER] = "1"
        stack.callback(_restore, before)
        yield


def _leave(paths: Paths, use: Use, own_database: bool, own_broker: bool) -> None:
    with undisturbed(), exclusive(paths.locks / "servers.lock"):
        if not use.leave():
            return
        processes.stop_orphans(paths)
        places = server_places.find(paths)
        if own_broker:
            valkey.stop(places)
        if own_database:
            postgres.stop(places)


def _restore(before: dict[str, str]) -> None:
    for name in ("DATABASE_URL", "DATABASE_OWNER_URL", "REDIS_URL", processes.OWN_BROKER):
        if name in before:
            os.environ[name] = before[name]
        else:
            os.environ.pop(name, None)
