"""`manage.py test`: the whole suite on throw-away servers, or on the servers that the environment names."""

import os
import shutil
import subprocess
import sys
import tempfile
from dataclasses import replace
from pathlib import Path

from treasury.launcher import servers, signals
from treasury.launcher.paths import PROJECT, Paths

# Arguments that ask for one process: a debugger, a listing, or a choice of processes of one's own.
ALONE = ("-n", "--numprocesses", "--pdb", "--trace", "--collect-only", "--co", "-h", "--help", "-s")


def run(paths: Paths, arguments: list[str]) -> int:
    """Runs pytest with the arguments given; its exit status is ours."""
    signals.unwind_on_terminate()
    state = Path(tempfile.mkdtemp(prefix="hedgebook-test-", dir="/tmp"))
    state.chmod(0o755)
    own = replace(paths, state=state)
    own.prepare()
    os.environ["HEDGEBOOK_STATE_DIR"] = str(state)
    os.environ["HEDGEBOOK_ENVIRONMENT_DIR"] = str(paths.environment)
    os.environ["DJANGO_SETTINGS_MODULE"] = "treasury.config.settings"
    os.environ.setdefault("HEDGEBOOK_SECRET_KEY", "only-for-tests")
    # Tests of races wait for one another on a machine that may stand still for a while.
    os.environ.setdefault("HEDGEBOOK_LOCK_TIMEOUT_MS", "120000")
    try:
        with servers.in_use(own, throw_away=True):
            return _pytest([*_in_parallel(arguments), *arguments])
    finally:
        shutil.rmtree(state, ignore_errors=True)


def _in_parallel(arguments: list[str]) -> list[str]:
    """Two processes for the suite; one for a single file, where starting the second costs more than it saves."""
    single = any(".py" in argument for argument in arguments)
    alone = any(argument.split("=")[0] in ALONE or argument.startswith("-n") for argument in arguments)
    return [] if single or alone else ["-n", "2", "--dist", "loadfile"]


def _pytest(arguments: list[str]) -> int:
    tests = subprocess.Popen([sys.executable, "-m", "pytest", *arguments], cwd=PROJECT)
    try:
        return tests.wait()
    except KeyboardInterrupt:  # the terminal sent it to pytest too, which now writes its summary
        with signals.undisturbed():
            tests.wait()
        return 130
    except SystemExit:
        tests.terminate()
        tests.wait()
        raise
