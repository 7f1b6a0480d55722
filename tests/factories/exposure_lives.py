"""Random lives of exposures: recorded, amended, confirmed, split, settled, cancelled and undone on days of a year."""

from datetime import date, timedelta
from decimal import Decimal
from random import Random
from typing import Any

from exposures.domain import lifecycle, splitting, undoing
from exposures.domain.next_version import Change
from exposures.domain.splitting import Part, Split
from exposures.models import ExposureVersion, ExposureVersionApproval
from tests.factories import book, clock
from treasury.domain import approval
from treasury.domain.refusals import Refusal

FIRST = date(2026, 1, 5)


def lives(of: Any, *, seed: int, steps: int, exposures: int) -> None:
    """`exposures` begin; then `steps` things happen, most of them on the day, some backdated, all approved."""
    random = Random(seed)
    author, approver = book.user(), book.user()
    with clock.at(FIRST):
        ids = [
            book.exposure(
                Decimal(random.randint(1, 90)) * 10_000 * random.choice((1, -1)), of=of, kind="FORECAST",
                risk=book.risk(random.choice(("USDEUR", "GBPEUR"))), valid_from=FIRST,
                expected_date=FIRST + timedelta(days=random.randint(20, 500)),
            ).exposure_id
            for _ in range(exposures)
        ]  # fmt: skip
    day = FIRST
    for _ in range(steps):
        day += timedelta(days=random.randint(0, 6))
        valid_from = day - timedelta(days=random.choice((0, 0, 0, 40)))
        with clock.at(day):
            try:
                versions = _happens(random, random.choice(ids), valid_from, author)
            except Refusal:
                continue  # what the state does not allow
            approval.decide(versions=versions, approvals=ExposureVersionApproval, actor=approver)
            ids += [version.exposure_id for version in versions if version.exposure_id not in ids]


def _happens(random: Random, exposure_id: int, day: date, author: Any) -> list[ExposureVersion]:
    newest = ExposureVersion.objects.filter(exposure=exposure_id).order_by("-version_number")[0]
    amount, size = newest.exposure_amount, abs(newest.exposure_amount)
    said = {"actor": author, "reason": "as life goes"}
    what = random.choice(("amount", "date", "confirm", "split", "part", "settle", "cancel", "undo", "expect"))
    if what == "amount":
        terms = {"exposure_amount": amount + random.randint(-9, 9) * size / 100}
        return lifecycle.amend(changes=[Change(exposure_id, day, terms)], **said)
    if what == "date":
        terms = {"expected_date": newest.expected_date + timedelta(days=random.randint(-40, 90))}
        return lifecycle.amend(changes=[Change(exposure_id, day, terms)], **said)
    if what == "confirm":
        kind = random.choice(("HIGHLY_PROBABLE_FORECAST", "FIRM_COMMITMENT", lifecycle.RECOGNISE))
        return lifecycle.confirm(changes=[Change(exposure_id, day, {"kind": kind})], **said)
    if what in ("split", "part"):
        sizes = [Part(size / 4)] if what == "part" else [Part(size / 4), Part(size / 2, expected_date=day)]
        verb = splitting.settle_part if what == "part" else splitting.split
        return verb(splits=[Split(exposure_id, day, sizes)], **said)
    if what == "settle":
        return lifecycle.settle(
            changes=[Change(exposure_id, day, {"exposure_amount": amount * 9 / 8})], **said
        )
    if what == "cancel":
        return lifecycle.cancel(changes=[Change(exposure_id, day)], **said)
    if what == "expect":
        return lifecycle.no_longer_expected(changes=[Change(exposure_id, day)], **said)
    return undoing.undo(changes=[Change(exposure_id, day)], **said)
