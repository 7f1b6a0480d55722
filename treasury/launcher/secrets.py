"""Secrets made at first start and kept for their owner only, so that no default password exists anywhere."""

import os
import secrets

from treasury.launcher.paths import Paths


def keep(paths: Paths, name: str) -> str:
    """The secret of that name, made now if there is none yet."""
    paths.secrets.mkdir(mode=0o700, parents=True, exist_ok=True)
    file = paths.secrets / name
    try:
        handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        if value := file.read_text().strip():
            return value
        handle = os.open(file, os.O_WRONLY | os.O_TRUNC)  # an earlier start was killed between open and write
    value = secrets.token_urlsafe(40)
    with os.fdopen(handle, "w") as opened:
        opened.write(value + "\n")
    return value
