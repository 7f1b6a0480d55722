"""Where the embedded servers keep their data and sockets, and as whom they run.

Postgres refuses to run as root, so for root the servers run as an unprivileged number (no user is created). That
number must be able to reach its data and its program: where a private folder is in the way, both move to a folder
of the system's, remembered in the state folder.
"""

import os
import re
import shutil
import stat
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from treasury.launcher import pids
from treasury.launcher.paths import Paths

UNPRIVILEGED = 65534
LONGEST_SOCKET_FOLDER = 80  # the kernel takes 104 to 108 bytes for the whole path of a socket
SYSTEM_HOME = Path("/var/lib/hedgebook")


@dataclass(frozen=True)
class Places:
    home: Path
    sockets: Path
    uid: int | None

    @property
    def popen_as(self) -> dict[str, Any]:
        """Arguments for `subprocess` that give up root's rights."""
        if self.uid is None:
            return {}
        return {"user": self.uid, "group": self.uid, "extra_groups": []}

    def give(self, path: Path) -> Path:
        """Hands a file or folder over to the servers."""
        if self.uid is not None:
            os.chown(path, self.uid, self.uid, follow_symlinks=False)
        return path

    def folder(self, name: str) -> Path:
        path = self.home / name
        path.mkdir(mode=0o700, exist_ok=True)
        return self.give(path)


def find(paths: Paths) -> Places:
    """The places that this state folder uses, made if there are none yet. Call it under the servers' lock."""
    uid = UNPRIVILEGED if os.geteuid() == 0 else None
    home = _home(paths, uid)
    return Places(home=home, sockets=_sockets(paths, home, uid), uid=uid)


def reachable(path: Path, uid: int | None) -> bool:
    """Whether a process of that number may enter every folder on the way to the path."""
    if uid is None:
        return True
    return all(folder.stat().st_mode & 0o001 for folder in [path, *path.parents])


def _home(paths: Paths, uid: int | None) -> Path:
    note = paths.state / "home"
    if note.exists() and (noted := Path(note.read_text().strip())).is_dir():
        return noted
    home = paths.state / "servers"
    if reachable(paths.state, uid):
        home.mkdir(exist_ok=True)
    else:
        _remove_abandoned(paths)
        SYSTEM_HOME.mkdir(mode=0o711, parents=True, exist_ok=True)
        home = Path(tempfile.mkdtemp(dir=SYSTEM_HOME))
        (home / "belongs-to").write_text(str(paths.state))
    os.chmod(home, 0o711)
    note.write_text(f"{home}\n")
    return home


def _remove_abandoned(paths: Paths) -> None:
    """When the state folder was deleted, what it had elsewhere is deleted too, its servers stopped first."""
    for owner in SYSTEM_HOME.glob("*/belongs-to"):
        if owner.read_text() == str(paths.state):
            for name in ("postgres", "valkey"):
                for pid in pids.working_in(owner.parent / name):
                    pids.stop(pid, pids.identity(pid))
            shutil.rmtree(owner.parent)


def _sockets(paths: Paths, home: Path, uid: int | None) -> Path:
    """A short, plain path: a long one does not fit into a socket's address, and a blank breaks URLs."""
    folder = home / "sockets"
    plain = re.fullmatch(r"[A-Za-z0-9._/-]+", str(folder)) is not None
    if not plain or len(os.fsencode(folder)) > LONGEST_SOCKET_FOLDER:
        note = paths.state / "sockets"
        if note.exists() and _still_ours(noted := Path(note.read_text().strip()), uid):
            return noted
        folder = Path(tempfile.mkdtemp(prefix="hedgebook-", dir="/tmp"))
        note.write_text(f"{folder}\n")
    folder.mkdir(mode=0o700, exist_ok=True)
    if uid is not None:
        os.chown(folder, uid, uid)
    return folder


def _still_ours(folder: Path, uid: int | None) -> bool:
    """A folder for all, like /tmp, is emptied now and then, and the name may since be somebody else's."""
    try:
        found = folder.lstat()
    except OSError:
        return False
    return stat.S_ISDIR(found.st_mode) and found.st_uid == (os.geteuid() if uid is None else uid)
