"""Quotes by hand: one person proposes a value with its reason, another one agrees, and only then there is a quote.

A feed of quotes (API, bulk) needs no second person: its source is outside of the house, and what it says is checked
against that source. A number that somebody types has no such witness, so that it gets one here.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from treasury.domain import approval, audit
from treasury.domain.bulk import quote_checks
from treasury.domain.bulk.rows import RowProblem
from treasury.domain.refusals import Refusal, as_refusal
from treasury.domain.versions import as_recorded
from treasury.enums import Decision, QuoteKind
from treasury.kernel.errors import InputError, shown
from treasury.models import ManualQuote, ManualQuoteVersion, ManualQuoteVersionApproval, MarketQuote
from treasury.queries import access, manual_quotes, market_quotes


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposed:
    """A value of a market on a date. `replaces`: the quote that stands, as it was seen; None: there is none."""

    kind: str
    symbol: str
    tenor: str
    quote_date: date
    value: Decimal
    source: str
    moneyness: Decimal | None = None
    replaces: MarketQuote | None = None


def propose(*, quote: Proposed, actor: Any, reason: str) -> ManualQuoteVersion:
    """Proposes a quote, or the correction of the one in `replaces`; no night uses it before another person agrees.

    Raises InputError for a field that a quote cannot have, a foreign or unknown party of a credit spread, a date that
    is still to come; Refusal: no role for it, no reason, a value that waits already, a quote that has changed since.
    """
    if not access.roles(actor) & set(access.PREPARERS):
        raise Refusal("A quote is proposed by a hedge accountant or treasurer. Nothing was recorded.")
    if not reason.strip():
        raise Refusal(
            "Say why the quote is recorded by hand: the approver decides on it. Nothing was recorded."
        )
    _refuse_what_no_quote_has(quote, actor)
    before = quote.replaces
    series = {name: getattr(quote, name) for name in manual_quotes.SERIES}
    if before is not None and any(getattr(before, name) != value for name, value in series.items()):
        raise Refusal(
            "A correction is of the same kind, symbol, tenor, moneyness and date. Nothing was recorded."
        )
    first_source = manual_quotes.first_source(before) if before else quote.source
    with (
        as_refusal(),
        audit.action(
            "treasury.manualquoteversion.proposed", actor=actor, subject=before, reason=reason.strip()
        ),
    ):
        known = ManualQuote.objects.filter(**manual_quotes.exactly(series), source=first_source).first()
        version = ManualQuoteVersion.objects.create(
            manual_quote=known or ManualQuote.objects.create(**series, source=first_source),
            valid_from=quote.quote_date,
            value=quote.value,
            source=quote.source,
            replaces=before,
            change_reason=reason.strip()[:400],
        )
        return as_recorded([version])[0]


def approve(
    *, version: ManualQuoteVersion, actor: Any, comment: str = "", digest: str | None = None
) -> MarketQuote:
    """A second person's yes: makes the quote, which the next night uses. Runs that saw another one stay.

    Raises Refusal: no role for it, the person who proposed it, another digest, decided already, a quote that was
    corrected or recorded otherwise meanwhile.
    """
    _decides(actor)
    what = version.manual_quote
    with (
        as_refusal(),
        audit.action(
            "treasury.manualquoteversion.approved",
            actor=actor,
            subject=version,
            reason=comment or version.change_reason,
        ),
    ):
        ManualQuoteVersionApproval.objects.create(
            version=version,
            decision=Decision.APPROVED,
            content_digest=version.content_digest if digest is None else digest,
            comment=comment,
        )
        made = MarketQuote.objects.create(
            kind=what.kind,
            symbol=what.symbol,
            tenor=what.tenor,
            moneyness=what.moneyness,
            quote_date=what.quote_date,
            value=version.value,
            source=version.source,
            is_synthetic=False,
            corrects_id=version.replaces_id,
        )
        made.refresh_from_db()
        return made


def reject(*, version: ManualQuoteVersion, actor: Any, comment: str = "", digest: str | None = None) -> None:
    """A second person's no; another value can be proposed."""
    _decides(actor)
    approval.decide(
        versions=[version],
        approvals=ManualQuoteVersionApproval,
        actor=actor,
        decision=Decision.REJECTED,
        comment=comment,
        digests=None if digest is None else [digest],
    )


def _refuse_what_no_quote_has(quote: Proposed, actor: Any) -> None:
    problems: list[RowProblem] = []
    quote_checks.quote(
        problems, quote.kind, quote.symbol, quote.tenor,
        "" if quote.moneyness is None else format(quote.moneyness, "f"), quote.quote_date.isoformat(),
        format(quote.value, "f"), quote.source, "",
    )  # fmt: skip
    for wrong in problems[:1]:
        raise InputError(wrong.field, wrong.expected, got=shown(wrong.got or ""))
    if quote.kind == QuoteKind.CREDIT_SPREAD and market_quotes.not_of_theirs({quote.symbol}, actor):
        raise InputError("symbol", market_quotes.OWN_PARTY, got=shown(quote.symbol))
    if quote.quote_date > manual_quotes.today():
        raise InputError("quote_date", "a day that has come", got=quote.quote_date.isoformat())


def _decides(actor: Any) -> None:
    if not access.roles(actor) & set(access.DECIDERS):
        raise Refusal("An approver or a hedge accountant decides on a quote. Nothing was changed.")
