"""Locks between commands. They are kernel locks on open files, so a `kill -9` releases them by itself."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO


@contextmanager
def exclusive(path: Path) -> Iterator[None]:
    """One process at a time; others wait."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


class Use:
    """Counts the commands that use a thing: each holds a shared lock, and the last one out can see that it is.

    `join` and `leave` are called under an `exclusive` lock of the same thing, which makes the count steady.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._file: IO[str] | None = None

    def join(self) -> None:
        self.path.parent.mkdir(parents=True, exist_ok=True)
        self._file = self.path.open("a")
        fcntl.flock(self._file, fcntl.LOCK_SH)

    def leave(self) -> bool:
        """Gives up the use; True when nobody else is left."""
        if self._file is None:
            return False
        last = self._upgrade(self._file)
        self._file.close()
        self._file = None
        return last

    def nobody(self) -> bool:
        """Whether no command uses the thing now."""
        self.path.parent.mkdir(parents=True, exist_ok=True)
        with self.path.open("a") as file:
            return self._upgrade(file)

    @staticmethod
    def _upgrade(file: IO[str]) -> bool:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True
