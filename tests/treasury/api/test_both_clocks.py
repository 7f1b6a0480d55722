"""Every read takes both clocks, `known_at` and `as_of`, or stands here with the reason why it has none."""

from typing import Any

from tests.treasury.api.test_every_route import ROUTES
from treasury.api.writing import Action

#: No rows of the book at all.
OF_THE_PROGRAM = {
    "schema/": "the contract",
    "docs/": "the same as a page",
    "measures/": "formulas: the program has them, not the book",
    "measures/<slug:code>/": "the same",
    "strategies/": "what there is to work out",
    "calendars/": "days off come with the program",
    "runs/<key:key>/difference/": "of two runs as they were sealed; each has its own clocks",
}
#: Kept by people for themselves, or administration: changed and deleted, and never recorded as it was.
OF_THE_MOMENT = {
    "people/": "accounts; who gave and took which role when stands in audit-events/",
    "people/<key:key>/": "the same",
    "saved-views/": "a preference of a person",
    "saved-views/<key:key>/": "the same",
    "trade-drafts/": "begun and not sent; gone when it is sent",
    "trade-drafts/<key:key>/": "the same",
    "webhooks/": "administration; what was done to it stands in audit-events/",
    "webhooks/<key:key>/": "the same",
    "webhooks/<key:key>/deliveries/": "each attempt has its time",
}
NOT_KNOWN_AT = (
    OF_THE_PROGRAM
    | OF_THE_MOMENT
    | {
        "search/": "finds what stands now, as the search box does; each thing found has both clocks",
        "changes/": "a cursor is its clock: the order of the commits",
    }
)

_NAMED = "no business date: a name stands from the day on which it is recorded"
_MONTHS = "first and last are its business dates"
_FILE = "what is on its way into the book has no business date; its rows have theirs"
NOT_AS_OF = NOT_KNOWN_AT | {
    **{f"{name}/{part}": _NAMED for name in ("entities", "counterparties", "risks", "futures-contracts")
       for part in ("", "<key:key>/", "stream/")},
    **{f"{name}/{part}": _MONTHS for name in ("disclosures", "reconciliations", "roll-forwards")
       for part in ("", "<key:key>/")},
    "journal-entries/file/": _MONTHS,
    "disclosures/<key:key>/instruments/": _MONTHS,
    "awaiting/": "what waits has waited since it was recorded: the database's clock alone",
    "entities/<key:key>/periods/<month:month>/": "the month is its business date",
    "exposure-waterfall/": "since and until are its business dates",
    "forecast-accuracy/": "the same",
    "exposures/<key:key>/capacity/": "period_from and period_to are its business dates",
    "instruments/<key:key>/capacity/": "the same",
    "audit-events/": "who did what when: the database's clock alone",
    "audit-events/<key:key>/": "the same",
    **{f"imports/{part}": _FILE for part in ("", "<key:key>/", "stream/", "<key:key>/problems/", "<key:key>/changes/",
                                             "<key:key>/rows/", "<key:key>/effect/", "<key:key>/original/",
                                             "<key:key>/files/")},
    **{f"import-mappings/{part}": _FILE for part in ("", "<key:key>/")},
    **{f"bulk-jobs/{part}": _FILE for part in ("", "<key:key>/", "<key:key>/result/")},
    **{f"documents/{part}": "a document as it came; the trade that it is matched with has the dates"
       for part in ("", "<key:key>/", "stream/", "<key:key>/matches/", "<key:key>/original/")},
    "strategies/saved/<key:key>/": "its own run is its business date",
    "strategies/saved/compare/": "each has its own run, which is its business date",
}  # fmt: skip


def reads() -> dict[str, Any]:
    """By address the view, as it stands there."""
    return {
        address: callback.cls(**callback.initkwargs)
        for address, callback in ROUTES
        if hasattr(callback.cls, "get") and not issubclass(callback.cls, Action)
    }


def without(name: str) -> set[str]:
    return {
        address
        for address, view in reads().items()
        if name not in {one.name for one in view.query_parameters()}
    }


def test_every_read_can_be_asked_as_it_was_known() -> None:
    assert without("known_at") == set(NOT_KNOWN_AT) & set(reads())


def test_every_read_can_be_asked_as_of_a_business_date() -> None:
    assert without("as_of") == set(NOT_AS_OF) & set(reads())
