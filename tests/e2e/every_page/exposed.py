"""Exposures in every state of their life, and imports on every page of their way."""

from collections.abc import Iterator

from django.urls import reverse

from exposures.domain.importing import receiving
from exposures.web.verbs import VERBS
from tests.e2e.every_page.walk import Visit, person
from tests.factories import book, importing
from tests.hedges.web.workflow.desk import Desk


def visits(desk: Desk) -> Iterator[Visit]:
    item, waiting = desk.item.exposure_id, book.exposure(of=desk.entity, approve=False)
    yield Visit(reverse("exposures"))
    yield Visit(reverse("exposures") + "?columns=risk_code&sort=-exposure_amount")
    yield Visit(reverse("exposure", args=[item]))
    yield Visit(reverse("exposure", args=[item]) + "?change-log-find=nothing")
    yield Visit(reverse("exposure", args=[waiting.exposure_id]))
    yield Visit(reverse("exposure-compare", args=[item]))
    yield Visit(reverse("exposure-new"))
    yield from (Visit(reverse("exposure-change", args=[item, verb])) for verb in VERBS)
    yield Visit(reverse("book-decision", args=["exposure", waiting.pk]))
    yield Visit(reverse("waterfall"))
    yield Visit(reverse("forecast-accuracy"))
    yield from _imports(desk)


def _imports(desk: Desk) -> Iterator[Visit]:
    actor = desk.people["treasurer"]
    wrong = importing.checked(
        importing.csv(importing.row("A", desk.entity, "x"), importing.row("B", desk.entity)), actor=actor
    )
    right = importing.checked(importing.csv(importing.row("C", desk.entity)), actor=actor, name="right.csv")
    done = importing.committed(importing.csv(importing.row("E", desk.entity)), actor=actor, name="done.csv")
    new = receiving.receive(
        source_system="BANK", name="new.csv", content=importing.csv(importing.row("D", desk.entity)), settings={},
        actor=person("everybody"),
    )  # fmt: skip
    yield Visit(reverse("imports"))
    yield Visit(reverse("import-new"))
    yield Visit(reverse("import-layout", args=[new.pk]))
    yield Visit(reverse("import-columns", args=[right.pk]))
    yield from (
        Visit(reverse(name, args=[one.pk]))
        for one in (wrong, right, done)
        for name in ("import", "import-rows")
    )
