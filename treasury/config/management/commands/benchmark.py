"""Compares the formulas with other libraries, first their results and then their speed."""

import argparse
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from treasury.benchmark.sizes import Sizes
from treasury.kernel.errors import InputError


class Command(BaseCommand):
    help = "Hold the formulas against QuantLib, statsmodels and scipy, side by side: first the results, then the speed."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("what", choices=["numbers"], help="numbers: valuation and regressions")
        parser.add_argument("--instruments", type=int, default=100_000, help="of each kind (100000)")
        parser.add_argument("--relationships", type=int, default=100_000, help="regressions (100000)")
        parser.add_argument("--points", type=int, default=60, help="observations of a regression (60)")
        parser.add_argument(
            "--slow-sample", type=int, default=2_000, help="rows of the other libraries (2000)"
        )
        parser.add_argument("--json", action="store_true", help="print JSON instead of a table")
        # For the test of the comparison: makes one of our numbers wrong.
        parser.add_argument("--disturb", help=argparse.SUPPRESS)

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            sizes = Sizes(
                options["instruments"], options["relationships"], options["points"], options["slow_sample"]
            )
        except InputError as problem:
            name = "--" + problem.field.replace("_", "-")
            raise CommandError(f"{name}: expected {problem.expected}, got {problem.got}") from None
        # Imported here: with the libraries of the tests, which no other command needs.
        from treasury.benchmark import numbers, report
        from treasury.benchmark.agreement import Disagreement

        try:
            found = numbers.compare_and_time(sizes, options["disturb"])
        except Disagreement as problem:
            raise CommandError(str(problem)) from None
        shown = report.as_json(found, sizes) if options["json"] else report.as_table(found, sizes)
        self.stdout.write(shown, ending="" if shown.endswith("\n") else "\n")
        if found.peak_memory_bytes > found.memory_limit_bytes:
            raise CommandError(
                f"Peak memory is {found.peak_memory_bytes:,} bytes, allowed are {found.memory_limit_bytes:,}."
            )
