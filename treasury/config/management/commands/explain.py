"""`manage.py explain FAMILY RUN KEY... FIELD [--json]`: a stored number with its formula and the inputs of its run."""

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from hedges.domain.explanation.as_json import as_json
from hedges.domain.explanation.as_text import as_text
from hedges.domain.explanation.explain import explain, field_of, find
from hedges.domain.explanation.families import FAMILIES, family
from hedges.domain.explanation.parts import NothingToExplain
from treasury.queries.published import published_run

KEYS = "; ".join(f"{one.name}: {' '.join(one.key)}" for one in FAMILIES.values())


class Command(BaseCommand):
    help = (
        "Explains a stored number: what it is, its formula, the very inputs of its run and where each comes from, the"
        " sum done again, and whether it agrees. Exit status 1 where it does not."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("family", help=f"one of {', '.join(FAMILIES)}")
        parser.add_argument("run", help="number of a run, or `latest` for the newest published one")
        parser.add_argument("key", nargs="+", help=f"key of the row, in words or joined by dots ({KEYS})")
        parser.add_argument("field", help="name of the number, as the API has it")
        parser.add_argument("--json", action="store_true", help="print JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            found_family = family(options["family"])
            field = field_of(found_family, options["field"])
            row = find(options["family"], self._run(options["run"]), ".".join(options["key"]))
        except NothingToExplain as error:
            raise CommandError(str(error), returncode=2) from error
        found = explain(options["family"], row, field)
        if options["json"]:
            self.stdout.write(json.dumps(as_json(found), indent=2, ensure_ascii=False))
        else:
            self.stdout.write(as_text(found))
        if not found.agrees:
            raise CommandError("what is stored is not what its inputs give", returncode=1)

    def _run(self, word: str) -> int:
        if word == "latest":
            last = published_run()
            if last is None:
                raise NothingToExplain("No night has been published yet.")
            return int(last["id"])
        if not (word.isascii() and word.isdigit() and len(word) <= 15):
            raise NothingToExplain(f"run is a number or `latest`; got {word!r}.")
        return int(word)
