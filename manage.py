#!/usr/bin/env python3
"""The one way in: makes its own environment on first use, starts or joins the servers, then runs the command.

Only the standard library is used here and in `treasury.launcher`, because nothing else is installed yet when a
fresh clone runs this file.
"""

import sys
from pathlib import Path

OLDEST_PYTHON = (3, 11)


def main() -> int:
    if sys.version_info < OLDEST_PYTHON:
        found = ".".join(str(part) for part in sys.version_info[:3])
        # Nothing newer than Python 3.0 in this file, so that an old one can say this.
        sys.stderr.write(
            "Hedgebook needs Python 3.11 or newer; this is {} ({}).\n".format(found, sys.executable)
        )
        return 2
    sys.path.insert(0, str(Path(__file__).resolve().parent))
    from treasury.launcher import entry

    return entry.main(sys.argv, run_calculate=run_calculate, run_django=run_django)


def run_calculate(arguments: list) -> int:
    """The catalogue alone: no Django, no servers, so that an answer takes a second and not three."""
    from treasury.quant.cli import main as calculate

    return calculate(arguments)


def run_django(argv: list) -> None:
    import os

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "treasury.config.settings")
    from django.core.management import execute_from_command_line

    execute_from_command_line(argv)


if __name__ == "__main__":
    sys.exit(main())
