"""Prints docs/numbers.md from the measure catalogue."""

from typing import Any

from django.core.management.base import BaseCommand

from treasury.quant.documentation import numbers_page
from treasury.queries.measured import paths_by_measure


class Command(BaseCommand):
    help = "Print the page of all measures, as it stands in docs/numbers.md."
    requires_system_checks = ()

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(numbers_page(paths_by_measure()), ending="")
