"""The waterfall over random lives: its ends are the snapshots, and its parts add up by risk, month and kind."""

from collections import defaultdict
from datetime import date, timedelta
from decimal import Decimal
from random import Random

import numpy as np
import pytest

from exposures.domain import splitting
from exposures.domain.splitting import Part as Off
from exposures.domain.splitting import Split
from exposures.models import ExposureVersion
from exposures.queries.waterfall import snapshots
from exposures.queries.waterfall_parts import chosen
from exposures.web.waterfall import end_of
from tests.factories import book, clock
from tests.factories.exposure_life import approved, done
from tests.factories.exposure_lives import FIRST, lives
from treasury.quant.ratios.exposure_waterfall import Part
from treasury.queries.known import Point, applicable

pytestmark = pytest.mark.django_db


def open_at(of, day, known):
    """What is open by risk, one exposure after the other."""
    found = defaultdict(int)
    counting = applicable(ExposureVersion.objects.filter(entity=of), parent="exposure", at=Point(day, known))
    for version in counting:
        if version.status == "OPEN" and version.expected_date >= day:
            found[version.risk_id] += int(version.exposure_amount * 100)
    return {risk: amount for risk, amount in found.items() if amount}


def walk(of, since, until, **options):
    found = snapshots(
        entity_ids=[of.pk], since=since, since_known_at=options.pop("known", end_of(since)), until=until,
        until_known_at=end_of(until),
    )  # fmt: skip
    return chosen(found, **options)


def sums(found):
    """Part by risk."""
    result = defaultdict(lambda: defaultdict(int))
    for risk, part, amount in zip(
        found.risk[found.keep].tolist(), found.rows.part[found.keep].tolist(),
        found.rows.amount[found.keep].tolist(), strict=True,
    ):  # fmt: skip
        result[risk][Part(part)] += amount
    return result


def nonzero(parts):
    return {part.name: amount for part, amount in parts.items() if amount}


@pytest.mark.parametrize("seed", range(4))
def test_random_lives_add_up(seed):
    of, random = book.entity(), Random(seed)
    lives(of, seed=seed, steps=45, exposures=6)
    for _ in range(8):
        since = FIRST + timedelta(days=random.randint(-3, 120))
        until = since + timedelta(days=random.randint(1, 120))
        found = walk(of, since, until)
        by_risk = sums(found)
        ends = {
            part: {risk: parts[part] for risk, parts in by_risk.items() if parts[part]}
            for part in (Part.OPENING, Part.CLOSING)
        }
        assert ends[Part.OPENING] == open_at(of, since, end_of(since))
        assert ends[Part.CLOSING] == open_at(of, until, end_of(until))
        for parts in by_risk.values():
            between = sum(amount for part, amount in parts.items() if part != Part.CLOSING)
            assert between == parts[Part.CLOSING]
        for months in ((None, None), (2026 * 12 + 3, 2026 * 12 + 8)):
            part = chosen(found.snapshots, kinds=["FORECAST", "FIRM_COMMITMENT"], months=months)
            for parts in sums(part).values():
                assert (
                    sum(amount for one, amount in parts.items() if one != Part.CLOSING) == parts[Part.CLOSING]
                )


def test_each_thing_that_happens_is_its_part():
    of, on = book.entity(), date(2026, 3, 2)
    with clock.at(FIRST):
        larger, smaller, moved, firm, paid, gone, unlikely, split, due = (
            book.exposure(1000 * number, of=of, kind="FORECAST", valid_from=FIRST) for number in range(1, 10)
        )
        late = book.exposure(77, of=of, valid_from=FIRST, expected_date=date(2026, 3, 10), kind="FORECAST")
    with clock.at(on):
        done("amend", larger, on=on, exposure_amount=Decimal(1500))
        done("amend", smaller, on=on, exposure_amount=Decimal(1900))
        done("amend", moved, on=on, expected_date=date(2027, 8, 31))
        done("confirm", firm, on=on, kind="RECOGNISED")
        done("settle", paid, on=on, exposure_amount=Decimal(4800))
        done("cancel", gone, on=on)
        done("no_longer_expected", unlikely, on=on)
        approved(
            splitting.settle_part(
                splits=[Split(split.exposure_id, on, [Off(Decimal(3000))])],
                actor=book.user(),
                reason="half of it",
            )
        )
        book.exposure(-250, of=of, valid_from=on)
        done(
            "amend", due, on=FIRST, exposure_amount=Decimal(9100)
        )  # a correction of what counted from the start
    found = walk(of, date(2026, 2, 1), date(2026, 3, 31))
    (parts,) = sums(found).values()
    assert nonzero(parts) == {
        "OPENING": 4507700, "CORRECTION": 10000, "NEW": -25000, "REVISED_UP": 50000, "REVISED_DOWN": -30000,
        "SETTLED": -480000 - 300000, "CANCELLED": -600000, "NO_LONGER_EXPECTED": -700000, "LAPSED": -7700,
        "CLOSING": 4507700 + 10000 - 25000 + 50000 - 30000 - 780000 - 600000 - 700000 - 7700,
    }  # fmt: skip
    assert late.exposure_id in [exposure for exposure, _, _ in found.of_part(found.keep, Part.LAPSED)]
    totals = {part: (count, size) for part, _, count, size in found.sums(np.ones_like(found.keep))}
    assert totals[Part.MOVED] == (1, 300000)
    assert totals[Part.KIND_CHANGED] == (1, 400000)
    forecasts = sums(chosen(found.snapshots, kinds=["FORECAST"]))
    assert nonzero(*forecasts.values())["KIND_CHANGED"] == -400000


def test_what_was_over_before_is_no_part():
    of = book.entity()
    with clock.at(FIRST):
        old = book.exposure(1000, of=of, valid_from=FIRST)
        done("settle", old, on=FIRST)
    assert not walk(of, date(2026, 2, 1), date(2026, 3, 1)).rows.amount.size
