"""`manage.py contract check`: it is the committed one, which is served, and keeps what was released.

`contract write` writes the committed one, `contract release` makes it the released one.
"""

import json
import warnings
from argparse import ArgumentParser
from io import StringIO
from pathlib import Path
from typing import Any

import yaml
from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from treasury.api.compatibility import broken, shape
from treasury.api.documentation import COMMITTED, written

RELEASED = Path(settings.BASE_DIR) / "docs" / "openapi-released.yaml"
HEAD = (
    "# What the last release promised: the contract without its words and examples. A change that breaks it fails.\n"
    "# Written by `manage.py contract release`.\n"
)


class Command(BaseCommand):
    help = "Compares the contract of the API with the committed and the released one."

    def add_arguments(self, parser: ArgumentParser) -> None:
        actions = parser.add_subparsers(dest="action", required=True)
        actions.add_parser(
            "check", help="Fails where the committed one is another, or where a promise is broken."
        )
        actions.add_parser(
            "write", help="Writes the contract down as it is now: what is committed and served."
        )
        actions.add_parser(
            "release", help="Makes the contract the released one: what later ones are held to."
        )

    def handle(self, *args: Any, action: str, **options: Any) -> None:
        text = generated()
        if action == "write":
            COMMITTED.write_text(text)
            return
        if action == "release":
            RELEASED.write_text(HEAD + _dumped(shape(json.loads(text))))
            return
        if not COMMITTED.exists() or COMMITTED.read_text() != text:
            raise CommandError(
                "The API has changed: run `manage.py contract write` and look at the difference."
            )
        found = broken(_read(RELEASED.read_text()), json.loads(text))
        if found:
            raise CommandError(
                "The contract breaks what was released:\n" + "\n".join(f"- {one}" for one in found)
            )
        self.stdout.write("The contract is the committed one and keeps what was released.")


def generated() -> str:
    """The contract as the program keeps it now; a warning of its maker is a fault."""
    out = StringIO()
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        call_command("spectacular", "--fail-on-warn", "--format", "openapi-json", stdout=out)
    return written(json.loads(out.getvalue())) + "\n"


def _dumped(document: dict[str, Any]) -> str:
    """What holds nothing more in it stands on one line."""
    return yaml.safe_dump(document, sort_keys=False, width=120, default_flow_style=None)


def _read(text: str) -> dict[str, Any]:
    return yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
