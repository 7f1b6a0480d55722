"""What the database refused, in words that say why and what to do next."""

from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
from django.db import DatabaseError

from treasury.kernel.errors import HedgebookError

#: Constraint name -> what to tell the person. A name that is not here is told as it is.
MESSAGES = {
    "exposure_reference": "An exposure with this source and reference is already recorded; amend it instead.",
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
    "hedges_instrumentversionapproval_version_id_key": "This version has been decided already.",
    "exposures_exposureversionapproval_version_id_key": "This version has been decided already.",
    "treasury_policyversionapproval_version_id_key": "This version has been decided already.",
    "treasury_marketquote_corrects_id_key": "This quote has been corrected already; correct the correction.",
    "market_quote_tenor": "A tenor is SPOT, ON, TN, SN, or a number of days, weeks, months or years such as 3M or 2Y.",
    "market_quote_to_a_tenor": "Deposit rates, swap rates and forward points have a tenor such as 3M, not SPOT.",
    "market_quote_moneyness": "Moneyness is strike over forward, above zero, and only a volatility has one.",
    "run_one_open": "A run for this date is already under way.",
    "hedges_journalentry_reversal_of_id_key": "This entry is taken back already.",
    "journal_entry_period_of_entity": "The period is not one of the entity.",
    "policy_band_no_overlap": "Two bands of the policy overlap; give each month one band.",
}


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
        if diagnosis.sqlstate in ("42501", "40001", "23514"):
            raise Refusal(str(diagnosis.message_primary)) from error
        raise
