"""What the database refused, in words that say why and what to do next."""

from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
from django.db import DatabaseError

from treasury.kernel.errors import HedgebookError

#: Constraint name -> what to tell the person. A name that is not here is told as it is.
MESSAGES = {
    "exposure_reference": "An exposure with this source and reference is already recorded; amend it instead.",
    "import_fingerprint": "The same file is an import of this source already. Nothing was added.",
    "import_mapping_version": "Somebody has saved this mapping meanwhile: look at it and save it again.",
    "instrument_reference": "An instrument with this source and reference is already recorded; amend it instead.",
    "item_allocation_no_unit_twice": "These units of the exposure are already designated for the same framework, risk"
    " and component in this period; choose free units or discontinue the other relationship.",
    "instrument_allocation_no_unit_twice": "These units of the notional are already designated for the same framework,"
    " risk and component in this period; choose free units or discontinue the other relationship.",
    "item_allocation_within_capacity": "More is designated than the exposure has.",
    "instrument_allocation_within_capacity": "More is designated than the notional has.",
    "hedges_hedgerelationship_code_key": "A relationship with this code is recorded already; choose another code.",
    "hedges_lateacceptance_version_id_key": "The late documentation is accepted already.",
    "hedges_hedgerelationshipversionapproval_version_id_key": "This version has been decided already.",
    "hedges_accountmapversionapproval_version_id_key": "This version has been decided already.",
    "hedges_journalreversalversionapproval_version_id_key": "This reversal has been decided already.",
    "hedges_unrecoveredlossversionapproval_version_id_key": "This loss has been decided already.",
    "policy_version_number": "Somebody has changed this policy meanwhile. Look at it, then change it.",
    "exposure_version_number": "Somebody has changed this exposure meanwhile. Look at it, then change it.",
    "instrument_version_number": "Somebody has changed this instrument meanwhile. Look at it, then change it.",
    "relationship_version_number": "Somebody has changed this hedge relationship meanwhile. Look at it, then"
    " change it.",
    "account_map_version_number": "Somebody has changed this account map meanwhile. Look at it, then change it.",
    "journal_reversal_version_number": "Somebody has proposed to reverse this entry meanwhile. Look at that first.",
    "unrecovered_loss_version_number": "Somebody has stated a loss of this relationship meanwhile. Look at it first.",
    "instrument_version_day_count": "A day count is ACT/360, ACT/365F, 30/360 or 30E/360, and only swaps have one.",
    "instrument_version_floating_leg_is_whole": "Only an interest-rate swap has a floating leg of its own: with its"
    " months, its payment days and the day counts of both legs.",
    "instrument_version_legs_end_together": "Both legs of a swap end on one day, and each payment has its fraction of"
    " a year.",
    "hedges_instrumentversionapproval_version_id_key": "This version has been decided already.",
    "exposures_exposureversionapproval_version_id_key": "This version has been decided already.",
    "treasury_policyversionapproval_version_id_key": "This version has been decided already.",
    "treasury_marketquote_corrects_id_key": "This quote has been corrected already; correct the correction.",
    "treasury_manualquoteversionapproval_version_id_key": "This quote has been decided already.",
    "manual_quote_version_number": "Somebody has proposed a value of this quote meanwhile. Look at it first.",
    "manual_quote_once": "Somebody has proposed this quote meanwhile. Look at it first.",
    "market_quote_once": "There is a quote of this series, date and source already; correct it.",
    "market_quote_tenor": "A tenor is SPOT, ON, TN, SN, or a number of days, weeks, months or years such as 3M or 2Y.",
    "market_quote_to_a_tenor": "Deposit rates, swap rates and forward points have a tenor such as 3M, not SPOT.",
    "market_quote_moneyness": "Moneyness is strike over forward, above zero, and only a volatility has one.",
    "run_one_open": "A run for this date is already under way.",
    "hedges_journalentry_reversal_of_id_key": "This entry is taken back already.",
    "journal_entry_period_of_entity": "The period is not one of the entity.",
    "saved_view_once": "You keep a view of this name for this page already; choose another name, or delete that one.",
    "hedges_hedgeproposaloutcome_line_id_key": "This line of the proposal is dealt or dismissed already. A"
    " further trade is recorded with a ticket of its own.",
    "hedges_hedgeproposaloutcome_instrument_id_key": "This trade is of another line of a proposal already.",
    "hedges_tradedocumentoutcome_document_id_key": "This document is recorded or matched already.",
    "trade_document_once": "This document is here already. Nothing was added.",
    "proposal_line_amount": "A proposed amount has more decimals than its unit; round it.",
    "policy_once": "Somebody has recorded a policy of this entity and risk meanwhile. Look at it, then change it.",
    "policy_band_no_overlap": "Two bands of the policy overlap; give each month one band.",
}

#: An amount that was worked out, such as amount × rate, has more digits than its column.
TOO_LARGE = (
    "An amount is larger than the book holds, at most 16 digits before the point: look at amount and rate."
)


class Refusal(HedgebookError):
    """The book does not take this. `constraint` names the guard, if the database said which."""

    def __init__(self, message: str, *, constraint: str = "") -> None:
        super().__init__(message)
        self.constraint = constraint


@contextmanager
def as_refusal() -> Iterator[None]:
    """Turns an answer of the database's guards into a Refusal; any other error passes."""
    try:
        yield
    except (DatabaseError, psycopg.Error) as error:
        # Django wraps the driver's errors, except those of a COPY.
        driver_error = error if isinstance(error, psycopg.Error) else error.__cause__
        diagnosis = getattr(driver_error, "diag", None)
        if diagnosis is None:
            raise
        constraint = diagnosis.constraint_name or ""
        if constraint:
            raise Refusal(
                MESSAGES.get(constraint, f"Refused by {constraint}."), constraint=constraint
            ) from error
        if diagnosis.sqlstate == "22003":
            raise Refusal(TOO_LARGE) from error
        if diagnosis.sqlstate in ("42501", "40001", "23514"):
            raise Refusal(str(diagnosis.message_primary)) from error
        raise
