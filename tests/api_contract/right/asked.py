"""One request as it should be, and the book that it is sent to."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, NamedTuple

from django.utils import timezone

from tests.factories import api
from tests.hedges.api.workflow.office import Office

#: Read from the one night that has them, whatever nights come after it.
OF_A_NIGHT = ("effectiveness-results", "hedge-ratios", "horizon-profiles", "valuations")


class Right(NamedTuple):
    """The key of the address, the body, and what is asked for besides."""

    key: Any = None
    body: Any = None
    query: dict[str, Any] = {}
    code: str = ""
    month: str = ""
    media_type: str = ""


@dataclass(frozen=True)
class Walk:
    """Who walks, and the book: everything that is asked for is made when it is asked for, so that none is used up."""

    office: Office
    caller: api.Caller
    person: Any
    keys: dict[str, Any]
    role: str = ""

    @property
    def today(self) -> date:
        return timezone.now().date()

    def day(self, ago: int = 0) -> str:
        return str(self.today - timedelta(days=ago))

    def read(self, path: str) -> Right:
        """What an address shows that is only read: the first thing that its list has."""
        resource, has_key, _ = path.partition("{key}")
        if not has_key:
            return Right()
        whole, name = self.keys["whole"], resource.strip("/")
        night = {"run": self.keys["night"]} if name in OF_A_NIGHT else {}
        return Right(whole.key(name), query=whole.asked(path) | night)


Recipe = Callable[[Walk], Right]
