"""A loss in the reserve that will not be recovered: stated, agreed to, closed, posted, rolled forward and disclosed."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import DatabaseError, connection, transaction

from hedges.domain import closing, unrecovered_loss
from hedges.domain.changes import corrections
from hedges.domain.explanation.explain import explain
from hedges.models import JournalEntry, UnrecoveredLossVersion, UnrecoveredLossVersionApproval
from hedges.queries.life_stages import time_lines
from reports.domain.disclosures.disclose import disclosures
from reports.queries.span import Span
from tests.factories import book, clock
from tests.workflow import company, ledger
from tests.workflow.test_worked_cases import DUE, FEBRUARY, JANUARY, MARCH, closed, steel
from treasury.domain import audit
from treasury.domain.refusals import Refusal

pytestmark = pytest.mark.django_db
DAY = date(2026, 2, 20)
SAID = {"reason": "the steel will be sold below its cost", "evidence": "offer of 19 February"}


def sold(framework="IFRS9", **file):
    """1,000 t to be sold, dearer by 20: 20,000 lost on the futures."""
    hedged = steel(framework)
    version = hedged.designated([(hedged.item(1000), 1000)], [(hedged.future(), -1000)], file=file)
    closed(hedged, JANUARY, 1020, 1020)
    hedged.prices(DAY, 1020, 1020)
    return hedged, version


def stated(version, on=DAY, *, role="HEDGE_ACCOUNTANT", **what):
    with clock.at(max(on, DAY)):
        return unrecovered_loss.state(
            relationship=version.relationship, on=on, actor=book.user(role),
            **({"amount": Decimal(8000)} | SAID | what),
        )  # fmt: skip


def agreed(statement, on=DAY, role="APPROVER"):
    with clock.at(on):
        unrecovered_loss.approve(version=statement, actor=book.user(role))


@pytest.mark.parametrize(
    ("framework", "paragraph"),
    [("IFRS9", "IFRS 9 6.5.11(d)(iii)"), ("IAS39", "IAS 39.97, 39.98"), ("ASC815", "ASC 815-30-35-40")],
)
def test_it_leaves_in_the_month_of_its_day_and_the_rest_with_the_item(framework, paragraph):
    hedged, version = sold(framework)
    agreed(stated(version))
    row = company.measured(closed(hedged, FEBRUARY, 1025, 1025), version)
    assert (row.cumulative_recognised, row.loss_not_recovered, row.reserve_balance) == (
        -25_000,
        -8000,
        -17_000,
    )
    assert row.cumulative_ineffectiveness == 0
    ledger.holds(row)
    assert ledger.posted(version, "HEDGED_ITEM_RESULT", month=FEBRUARY) == -8000
    entry = JournalEntry.objects.get(rule="LOSS_NOT_RECOVERED")
    assert (entry.paragraph, entry.entry_date) == (paragraph, date(2026, 2, 28))
    hedged.prices(DUE, 1025, 1025)
    row = company.measured(closed(hedged, MARCH), version)
    assert (row.cumulative_reclassified, row.loss_not_recovered, row.reserve_balance) == (-17_000, -8000, 0)
    ledger.holds(row)
    ledger.balances_everywhere()
    rolled = ledger.rolls_forward(hedged.of, JANUARY, MARCH)
    assert [(one["recognised"], one["reclassified"], one["closing"]) for one in rolled] == [
        (-20_000, 0, -20_000), (-5000, 8000, -17_000), (0, 17_000, 0),
    ]  # fmt: skip
    assert corrections.would_change(hedged.of) == []


def test_a_share_of_the_loss_and_never_more_than_the_loss_that_is_there():
    hedged, version = sold()
    agreed(stated(version, amount=None, share=Decimal("0.25")))
    agreed(stated(version, amount=Decimal(1_000_000)))
    row = company.measured(closed(hedged, FEBRUARY, 1010, 1010), version)
    # 20,000 lost on the day: a quarter, then all of the rest; what is regained by the month's end is a gain that waits.
    assert (row.cumulative_recognised, row.loss_not_recovered, row.reserve_balance) == (
        -10_000,
        -20_000,
        10_000,
    )
    ledger.holds(row)
    hedged.prices(DUE, 1010, 1010)
    row = company.measured(closed(hedged, MARCH), version)
    assert (row.cumulative_reclassified, row.reserve_balance) == (10_000, 0)
    ledger.holds(row)


def test_what_goes_into_the_cost_of_an_item_is_less_by_it():
    hedged = steel()
    terms = {"items": [(hedged.item(-1000), -1000)], "instruments": [(hedged.future(1000), 1000)]}
    version = hedged.designated(file={"release_pattern": "BASIS_ADJUSTMENT"}, **terms)
    closed(hedged, JANUARY, 980, 980)
    hedged.prices(DAY, 980, 980)
    agreed(stated(version))
    closed(hedged, FEBRUARY, 980, 980)
    hedged.prices(DUE, 980, 980)
    row = company.measured(closed(hedged, MARCH), version)
    assert (row.cumulative_basis_adjusted, row.loss_not_recovered, row.reserve_balance) == (-12_000, -8000, 0)
    ledger.holds(row)


def test_the_disclosures_tell_it_apart():
    hedged, version = sold()
    agreed(stated(version))
    closed(hedged, FEBRUARY, 1020, 1020)
    tables = {table.code: table for table in disclosures(Span([hedged.of.pk], FEBRUARY, FEBRUARY))}
    [effect] = tables["cash-flow-effects"].rows
    assert (effect["item"], effect["no_longer_expected"], effect["not_recovered"]) == (0, 0, -8000)
    assert effect["reclassified_in"], "the line item of the reclassification is named"
    reserve = next(row for row in tables["reserves"].rows if row["reserve"] == "CASH_FLOW_HEDGE")
    assert (reserve["opening"], reserve["reclassified_not_recovered"], reserve["closing"]) == (
        -20_000, 8000, -12_000,
    )  # fmt: skip


def test_what_waits_or_is_rejected_moves_nothing_and_a_close_names_what_waits():
    hedged, version = sold()
    statement = stated(version)
    with clock.at(date(2026, 3, 3)):
        found = [one for one in closing.blockers(hedged.of, FEBRUARY) if one.code == "waiting"]
    assert [one.subject for one in found] == [
        f"loss that will not be recovered of {version.relationship.code} version 1"
    ]
    with pytest.raises(Refusal, match="waits already"):
        stated(version, role="TREASURER")
    with clock.at(DAY):
        unrecovered_loss.reject(version=statement, actor=book.user("APPROVER"), comment="it will be")
    row = company.measured(closed(hedged, FEBRUARY, 1020, 1020), version)
    assert (row.loss_not_recovered, row.reserve_balance) == (0, -20_000)
    with clock.at(date(2026, 3, 4)), pytest.raises(Refusal, match="is closed"):
        unrecovered_loss.state(
            relationship=version.relationship, on=DAY, actor=book.user("TREASURER"), amount=Decimal(5), **SAID
        )


def test_who_stated_it_does_not_decide_and_roles_are_held():
    _, version = sold()
    statement = stated(version)
    with clock.at(DAY):
        with pytest.raises(Refusal, match="had a hand in"):
            unrecovered_loss.approve(version=statement, actor=statement.author)
        with pytest.raises(Refusal, match="another content"):
            unrecovered_loss.approve(version=statement, actor=book.user("APPROVER"), digest="0" * 64)
        with pytest.raises(Refusal, match="decides on a loss"):
            unrecovered_loss.approve(version=statement, actor=book.user("TREASURER"))
    assert not UnrecoveredLossVersionApproval.objects.exists()
    with pytest.raises(Refusal, match="states that a loss"):
        stated(version, role="APPROVER")


@pytest.mark.parametrize(
    ("what", "said"),
    [
        ({"amount": Decimal(-1)}, "above 0"),
        ({"amount": Decimal("0.001")}, "decimals for EUR"),
        ({"amount": None}, "either an amount or a share"),
        ({"share": Decimal("0.5")}, "either an amount or a share"),
        ({"amount": None, "share": Decimal("1.5")}, "at most 1"),
        ({"reason": " "}, "Say why"),
        ({"evidence": ""}, "on what that rests"),
        ({"on": date(2026, 2, 21)}, "a day that has come"),
        ({"on": date(2025, 12, 1)}, "The period of 2025-12-01 is closed"),
    ],
)  # fmt: skip
def test_every_refusal_says_what_is_missing_and_leaves_nothing(what, said):
    _, version = sold()
    with clock.at(DAY), pytest.raises(Refusal, match=said):
        unrecovered_loss.state(
            relationship=version.relationship, actor=book.user("TREASURER"),
            **({"on": DAY, "amount": Decimal(8000)} | SAID | what),
        )  # fmt: skip
    assert not UnrecoveredLossVersion.objects.exists()


def test_before_hedge_accounting_there_is_no_reserve():
    hedged = steel("IFRS9")
    version = hedged.designated([(hedged.item(1000), 1000)], [(hedged.future(), -1000)])
    hedged.prices(DAY, 1020, 1020)
    before = version.valid_from - timedelta(days=1)
    with pytest.raises(Refusal, match=f"no hedge accounting on {before}"):
        stated(version, on=before)
    assert not UnrecoveredLossVersion.objects.exists()


def test_a_reserve_without_a_loss_is_none_to_recover():
    hedged = steel()
    version = hedged.designated([(hedged.item(1000), 1000)], [(hedged.future(), -1000)])
    closed(hedged, JANUARY, 990, 990)
    hedged.prices(DAY, 990, 990)
    with pytest.raises(Refusal, match="holds no loss"):
        stated(version)


def test_only_a_cash_flow_hedge_has_such_a_reserve():
    hedged = steel()
    item = hedged.item(1000, kind="FIRM_COMMITMENT")
    version = hedged.designated([(item, 1000)], [(hedged.future(), -1000)], hedge_type="FAIR_VALUE")
    hedged.prices(DAY, 1020, 1020)
    with pytest.raises(Refusal, match="is not a cash flow hedge"):
        stated(version)
    with pytest.raises(DatabaseError, match="is not a cash flow hedge"):
        written(version, book.user("TREASURER"))


def written(version, actor, **fields):
    """Past the domain."""
    values = {
        "relationship": version.relationship, "valid_from": DAY, "loss_amount": Decimal(5), "currency_id": "EUR",
        "change_reason": "why", "evidence": "what",
    }  # fmt: skip
    with clock.at(DAY), transaction.atomic(), audit.action("t", actor=actor):
        return UnrecoveredLossVersion.objects.create(**(values | fields))


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"valid_from": date(2026, 1, 20)}, "is closed"),
        ({"valid_from": date(2026, 2, 21)}, "a day that has come"),
        ({"valid_from": date(2025, 12, 20)}, "had not begun"),
        ({"currency_id": "CHF"}, "functional currency"),
        ({"loss_amount": Decimal(-5)}, "amount_or_share"),
        ({"loss_share": Decimal("0.5")}, "amount_or_share"),
        ({"loss_amount": None, "loss_share": Decimal(2)}, "amount_or_share"),
        ({"loss_amount": Decimal("0.001")}, "unrecovered_loss_amount"),
        ({"evidence": " "}, "reason_and_evidence"),
    ],
)
def test_the_database_holds_it_past_the_domain(fields, said):
    _, version = sold()
    with pytest.raises(DatabaseError, match=said):
        written(version, book.user("TREASURER"), **fields)
    with pytest.raises(DatabaseError, match="only a hedge accountant or treasurer"):
        written(version, book.user("APPROVER"))


def test_the_database_takes_one_that_waits_and_a_second_persons_decision_in_an_open_month():
    _, version = sold()
    statement = written(version, book.user("TREASURER"))
    statement.refresh_from_db()
    with pytest.raises(DatabaseError, match="waits already"):
        written(version, book.user("TREASURER"))

    def decided(actor):
        with clock.at(DAY), transaction.atomic(), audit.action("t", actor=actor):
            UnrecoveredLossVersionApproval.objects.create(
                version=statement, decision="APPROVED", content_digest=statement.content_digest
            )

    with pytest.raises(DatabaseError, match="had a hand in"):
        decided(statement.author)
    with pytest.raises(DatabaseError, match="only an approver or a hedge accountant"):
        decided(book.user("TREASURER"))
    decided(book.user("APPROVER"))
    for sql in ("UPDATE {} SET id = id", "DELETE FROM {}"):
        for table in (UnrecoveredLossVersion, UnrecoveredLossVersionApproval):
            with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(sql.format(table._meta.db_table))


def test_the_time_line_tells_it():
    _, version = sold()
    agreed(stated(version))
    events = time_lines([version.relationship_id], on=DAY)[version.relationship_id]
    told = {(one.kind, one.what, one.detail) for one in events if one.what == "LOSS_NOT_RECOVERED"}
    assert told == {
        ("LOSS_STATED", "LOSS_NOT_RECOVERED", "8000.00 EUR"), ("APPROVED", "LOSS_NOT_RECOVERED", ""),
    }  # fmt: skip


def test_every_amount_can_be_worked_out_again_with_it():
    hedged, version = sold()
    agreed(stated(version, amount=None, share=Decimal("0.25")))
    row = company.measured(closed(hedged, FEBRUARY, 1025, 1025), version)
    assert row.loss_not_recovered == -5000
    for field in (
        "loss_not_recovered",
        "reserve_balance",
        "cumulative_reclassified",
        "cumulative_recognised",
    ):
        assert explain("measurements", row, field).agrees, field
