"""What `manage.py` does before Django: environment, then servers where the command needs them, then the command."""

import os
import sys
from collections.abc import Callable

from treasury.launcher import environment, paths, ports, secrets, servers, signals, testing
from treasury.launcher.errors import LaunchError

# Commands that answer without a database; every other one joins or starts the servers.
WITHOUT_SERVERS = {
    "",
    "--help",
    "--version",
    "benchmark",
    "calculate",
    "check",
    "collectstatic",
    "contract",
    "database-roles",
    "document_numbers",
    "diffsettings",
    "findstatic",
    "help",
    "makemessages",
    "makemigrations",
    "spectacular",
    "startapp",
    "version",
}

# Commands that need what the tests need: the libraries that the formulas are held against.
WITH_TESTS = {"benchmark", "test"}
# A comparison of speed gives each side one thread; numpy's libraries read this when they are loaded.
ONE_THREAD = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")


def main(
    argv: list[str], *, run_calculate: Callable[[list[str]], int], run_django: Callable[[list[str]], None]
) -> int:
    command = argv[1] if len(argv) > 1 else ""
    try:
        where = paths.current()
        where.prepare()
        with_tests = command in WITH_TESTS or bool(os.environ.get("HEDGEBOOK_TEST_DEPS"))
        if command == "benchmark":
            os.environ.update(dict.fromkeys(ONE_THREAD, "1"))
        environment.enter(where, argv, with_tests=with_tests)
        if command == "calculate":
            return run_calculate(argv[2:])
        if command == "test":
            return testing.run(where, argv[2:])
        os.environ.setdefault("HEDGEBOOK_SECRET_KEY", secrets.keep(where, "secret-key"))
        if command in WITHOUT_SERVERS or "--help" in argv or "-h" in argv:
            run_django(argv)
            return 0
        if command == "demo":
            ports.check(argv[2:])
        signals.unwind_on_terminate()
        with servers.in_use(where):
            run_django(argv)
        return 0
    except LaunchError as problem:
        print(f"hedgebook: {problem}", file=sys.stderr)
        return 2
    except PermissionError as problem:
        if not str(problem.filename).startswith(str(paths.current().state)):
            raise
        owner = "set HEDGEBOOK_STATE_DIR to a folder of your own, or use the account that made it"
        print(f"hedgebook: no access to {problem.filename}: {owner}.", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        return 130
