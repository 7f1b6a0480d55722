"""The servers that every command shares: the first one in starts them, the last one out stops them.

Ends by setting DATABASE_URL, DATABASE_OWNER_URL and REDIS_URL, which is all that the settings and the child
processes need to know. A server that is named by such a variable already is somebody else's and is left alone.
"""

import os
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from functools import partial

from treasury.launcher import children, postgres, processes, roles, secrets, valkey
from treasury.launcher import places as server_places
from treasury.launcher.locks import Use, exclusive
from treasury.launcher.paths import Paths
from treasury.launcher.places import Places
from treasury.launcher.signals import undisturbed


@contextmanager
def in_use(paths: Paths, *, throw_away: bool = False) -> Iterator[None]:
    """Joins the running servers or starts them, for the time of the block."""
    before = dict(os.environ)
    with ExitStack() as stack:
        with _locked(paths):
            children.stop_orphans(paths)
            places = server_places.find(paths)
            if not os.environ.get("DATABASE_URL"):
                _share(paths, "postgres", stack, partial(postgres.stop, places))
                postgres.ensure(paths, places, throw_away=throw_away)
                os.environ["DATABASE_URL"] = _url(paths, places, roles.APP, "database-app")
                os.environ["DATABASE_OWNER_URL"] = _url(paths, places, roles.OWNER, "database-owner")
            if not os.environ.get("REDIS_URL"):
                _share(paths, "valkey", stack, partial(valkey.stop, places))
                valkey.ensure(paths, places)
                os.environ["REDIS_URL"] = valkey.url(places)
                os.environ[processes.OWN_BROKER] = "1"
        stack.callback(_restore, before)
        yield


def _share(paths: Paths, name: str, stack: ExitStack, stop: Callable[[], None]) -> None:
    """Counts this command in; when the stack unwinds it is counted out, and the last one stops the server."""
    use = Use(paths.locks / f"{name}.users")
    use.join()

    def leave() -> None:
        with undisturbed(), _locked(paths):
            if use.leave():
                children.stop_orphans(paths)
                stop()

    stack.callback(leave)


def _locked(paths: Paths) -> AbstractContextManager[None]:
    return exclusive(paths.locks / "servers.lock")


def _url(paths: Paths, places: Places, role: str, secret: str) -> str:
    return postgres.url(places, role, secrets.keep(paths, secret))


def _restore(before: dict[str, str]) -> None:
    for name in ("DATABASE_URL", "DATABASE_OWNER_URL", "REDIS_URL", processes.OWN_BROKER):
        if name in before:
            os.environ[name] = before[name]
        else:
            os.environ.pop(name, None)
