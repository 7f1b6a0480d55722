"""Debt, net investments and natural offsets, with the deals that hedge them."""

from datetime import timedelta
from decimal import Decimal

from treasury.demo.company import deals, swaps
from treasury.demo.company.calendar import dealing_day_before, dealing_days, flow_date, go_live_date
from treasury.demo.company.items import SpecialBook, add_exposure
from treasury.demo.company.parties import BANKS_OF, CURRENCY_OF
from treasury.demo.company.specs import InstrumentSpec
from treasury.demo.market.reference_rates import business_date
from treasury.kernel.clock import add_months


def floating_loans(book: SpecialBook) -> None:
    """Bank loans at a floating rate, made fixed by swaps; the British swap pays every half year, its loan
    each quarter.
    """
    for entity, index, currency, principal, spread, swapped, months in (
        ("ALD-SE", "EURIBOR3M", "EUR", 50_000_000, "0.0110", 35_000_000, 3),
        ("ALD-UK", "SONIA3M", "GBP", 20_000_000, "0.0135", 12_000_000, 6),
        ("ALD-US", "SOFR3M", "USD", 25_000_000, "0.0125", 25_000_000, 3),
    ):
        start = dealing_days()[0] + timedelta(days=2)
        maturity = add_months(start, 48)
        reference = f"{entity[-2:]}-LOAN-{currency}"
        add_exposure(
            book, entity, "LOANS", reference, go_live_date(), kind="RECOGNISED_LIABILITY", risk=index,
            exposure_currency=currency, description=f"Term loan at {index} + {float(spread):.2%}",
            expected_date=maturity, exposure_amount=Decimal(-principal), start_date=start, payment_months=3,
            spread_rate=Decimal(spread),
        )  # fmt: skip
        book.instruments.append(
            swaps.interest_rate_swap(
                entity, BANKS_OF[entity][0], index, currency, swapped, dealing_days()[0], start, maturity, months,
                (reference,),
            )
        )  # fmt: skip


def foreign_bonds(book: SpecialBook) -> None:
    """Bonds in a foreign currency, turned into the functional one to the last coupon by cross-currency
    swaps.
    """
    for entity, currency, principal, months, coupon, resets in (
        ("ALD-SE", "AUD", 40_000_000, 30, "0.0510", False),
        ("ALD-US", "CHF", 20_000_000, 33, "0.0175", True),
    ):
        start = dealing_days()[0] + timedelta(days=2)
        maturity = add_months(start, 24 + months)
        reference = f"{entity[-2:]}-BOND-{currency}"
        add_exposure(
            book, entity, "LOANS", reference, go_live_date(), kind="RECOGNISED_LIABILITY",
            risk=f"{currency}{CURRENCY_OF[entity]}", exposure_currency=currency,
            description=f"Bond, {float(coupon):.2%} a year", expected_date=maturity,
            exposure_amount=Decimal(-principal),
        )  # fmt: skip
        book.instruments.append(
            swaps.cross_currency_swap(
                entity, BANKS_OF[entity][1], f"{currency}{CURRENCY_OF[entity]}", principal, dealing_days()[0], start,
                maturity, Decimal(coupon), (reference,), resets,
            )
        )  # fmt: skip


def net_investments(book: SpecialBook) -> None:
    """What the parent owns abroad; a part of each is hedged with forwards that are rolled every year."""
    for currency, assets, hedged, months in (
        ("SGD", 24_000_000, 9_000_000, 5),
        ("GBP", 25_000_000, 10_000_000, 8),
    ):
        reference = f"SE-NETINV-{currency}"
        add_exposure(
            book, "ALD-SE", "LEDGER", reference, go_live_date(), kind="NET_INVESTMENT", risk=f"{currency}EUR",
            exposure_currency=currency, description=f"Net assets of the business that counts in {currency}",
            expected_date=add_months(business_date(), 60).replace(day=30), exposure_amount=Decimal(assets),
        )  # fmt: skip
        for year in (0, 1):
            settlement = flow_date(months - 12 + 12 * year, 15)
            traded = dealing_day_before(add_months(settlement, -12))
            book.instruments += deals.forward(
                deals.Ticket("ALD-SE", BANKS_OF["ALD-SE"][year], f"{currency}EUR", traded, settlement,
                             Decimal(-hedged), (reference,))
            )  # fmt: skip


def natural_offsets(book: SpecialBook) -> None:
    """An export receivable and the loan in its currency that stands against it: the loan is the hedge."""
    for entity, currency, amount, months, label in (
        ("ALD-SE", "NOK", 60_000_000, 5, "Coating line sold to Stavanger"),
        ("ALD-UK", "EUR", 3_000_000, 7, "Coating line sold to Rotterdam"),
        ("ALD-US", "CAD", 4_000_000, 9, "Coating line sold to Calgary"),
        ("ALD-ES", "GBP", 2_000_000, 4, "Coating line sold to Leeds"),
    ):
        due, recorded = flow_date(months, 15), dealing_day_before(add_months(business_date(), -6))
        common = {
            "risk": f"{currency}{CURRENCY_OF[entity]}",
            "exposure_currency": currency,
            "expected_date": due,
        }
        name = f"{entity[-2:]}-EXPORT-{currency}"
        add_exposure(
            book, entity, "LEDGER", name, recorded, kind="RECOGNISED_ASSET", description=f"{label}, receivable",
            exposure_amount=Decimal(amount), **common,
        )  # fmt: skip
        loan = add_exposure(
            book, entity, "LOANS", f"{name}-LOAN", recorded, kind="RECOGNISED_LIABILITY",
            description=f"Loan taken against: {label}", exposure_amount=Decimal(-amount), **common,
        )  # fmt: skip
        terms = {
            "risk": common["risk"],
            "trade_date": recorded,
            "settlement_date": due,
            "notional_amount": Decimal(-amount),
            "notional_currency": currency,
        }
        versions = deals.life(recorded, due, terms)
        book.instruments.append(
            InstrumentSpec(entity, "NATURAL_OFFSET", versions, (name,), offset_of=loan.reference)
        )


def group_loans(book: SpecialBook) -> None:
    """Short loans of the parent to its foreign companies, swapped into euro and rolled each quarter."""
    for currency, amount, first in (("GBP", 5_000_000, -10), ("USD", 8_000_000, -9)):
        for number, months in enumerate(range(first, 4, 3)):
            start, due = flow_date(months - 3, 20), flow_date(months, 20)
            trade_date = dealing_day_before(start)
            if trade_date > business_date():
                continue
            reference = f"SE-IC-{currency}-{due:%Y-%m}"
            spec = add_exposure(
                book, "ALD-SE", "LOANS", reference, trade_date, kind="RECOGNISED_ASSET", risk=f"{currency}EUR",
                exposure_currency=currency, description=f"Loan within the group, due {due:%B %Y}",
                expected_date=due, exposure_amount=Decimal(amount),
            )  # fmt: skip
            bank = BANKS_OF["ALD-SE"][number % 4]
            ticket = deals.Ticket(
                "ALD-SE", bank, f"{currency}EUR", trade_date, due, Decimal(-amount), (spec.reference,)
            )
            book.instruments.append(swaps.fx_swap(ticket, start))
