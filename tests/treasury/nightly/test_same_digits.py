"""Neither the number of shards nor the order of rows changes a digit; a corrected quote changes the next run."""

from datetime import timedelta
from decimal import Decimal

import pytest

from hedges.models import EffectivenessResult, HedgeRatioResult, HorizonBucketResult, ValuationResult
from tests.factories import book, hedged, market
from treasury.domain import market_quotes
from treasury.models import CalculationRun, MarketQuote

pytestmark = pytest.mark.django_db
FAMILIES = (ValuationResult, HedgeRatioResult, HorizonBucketResult, EffectivenessResult)


@pytest.fixture(autouse=True)
def _market() -> None:
    market.record()


def test_the_number_of_shards_does_not_count() -> None:
    hedged.hedged_book(5)
    hedged.hedged_book(2)
    one = hedged.rows(hedged.night(shard_count=1))
    seven = hedged.rows(hedged.night(shard_count=7, new_revision=True))
    assert seven == one


def test_the_order_of_recording_does_not_count() -> None:
    forth, back = hedged.hedged_book(4), hedged.hedged_book(4, reverse=True)
    hedged.night()
    for family in FAMILIES:
        fields = [
            field.name
            for field in family._meta.fields
            if field.name not in ("pk", "entity", "instrument", "instrument_version", "subject_key", "relationship",
                                  "relationship_version", "rule_pack_id")
        ]  # fmt: skip
        found = [
            sorted(map(repr, family.objects.filter(entity=entity).values_list(*fields)))
            for entity in (forth, back)
        ]
        assert found[0] == found[1]
        assert found[0]


def test_a_corrected_quote_counts_from_the_next_run_on() -> None:
    hedged.hedged_book(1)
    first = hedged.night()
    quote = MarketQuote.objects.get(kind="FX_SPOT", symbol="EURUSD", quote_date=book.TODAY)
    market_quotes.correct(
        quote=quote, value=Decimal("1.25"), source="TEST", actor=None, reason="typing error"
    )
    second = hedged.night(new_revision=True)
    assert ValuationResult.objects.get(run=first).spot_rate == 1 / float(market.usd_per_eur(0))
    assert ValuationResult.objects.get(run=second).spot_rate == 1 / 1.25
    digests = [
        CalculationRun.objects.get(pk=run.pk).market_data_snapshot.content_digest for run in (first, second)
    ]
    assert digests[0] != digests[1]


def test_an_earlier_date_sees_the_book_and_the_market_of_that_date() -> None:
    entity = hedged.hedged_book(1)
    book.exposure(5_000_000, of=entity, valid_from=book.TODAY, expected_date=book.TODAY + timedelta(days=200))
    earlier = hedged.night(book.TODAY - timedelta(weeks=1))
    today = hedged.night()
    amounts = [
        HedgeRatioResult.objects.get(run=run, subject="ENTITY_RISK").exposure_amount
        for run in (earlier, today)
    ]
    assert amounts == [1_000_000, 6_000_000]
    assert ValuationResult.objects.get(run=earlier).spot_rate == 1 / float(market.usd_per_eur(1))
