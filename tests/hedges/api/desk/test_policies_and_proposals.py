"""A policy changes by two persons; a bucket outside its band becomes a proposal, and its line a trade."""

from typing import Any

import pytest

from tests.hedges.api.desk.subjects import outside_its_band
from tests.hedges.api.desk.trading import decided, left, policy
from tests.hedges.api.workflow.office import Office, seen

pytestmark = pytest.mark.django_db


def test_a_policy_is_looked_at_recorded_and_decided_on(office: Office) -> None:
    run = outside_its_band(office)["seen_run"]
    asked = {name: policy(office)[name] for name in ("entity", "risk", "bands")}
    asked["bands"] = [asked["bands"][0] | {"lower_ratio": 0, "target_ratio": 0.5, "upper_ratio": 0.6}]
    before = left()
    shown = office.done("treasurer", "policies/record/preview/", asked, status=200)
    assert left() == before
    (bucket,) = shown["today"]
    assert (shown["run"]["id"], bucket["coverage_ratio"]) == (run, 0.6)
    assert bucket["before"] | {"flags": 0} == {
        "lower_ratio": 0.7, "target_ratio": 0.8, "upper_ratio": 0.9, "min_to_hedge_amount": "100000.00",
        "target_to_hedge_amount": "-50000.00", "max_to_hedge_amount": "-200000.00", "flags": 0,
    }  # fmt: skip
    assert bucket["after"]["target_to_hedge_amount"] == "100000.00"
    assert (bucket["before"]["flags"], bucket["after"]["flags"]) == (["UNDER_HEDGED"], [])
    assert shown["total"] == {
        "month_from": None, "month_to": None, "nights": 1, "buckets": 1, "was": 1, "would": 0, "nights_was": 1,
        "nights_would": 0,
    }  # fmt: skip

    version = office.done("treasurer", "policies/record/", policy(office))
    assert (version["version_number"], version["decision"]) == (1, None)
    assert version["bands"][0]["target_ratio"] == 0.8
    assert office.by("auditor").rows("policy-versions/", awaits="true") == [version]
    assert office.by("auditor").rows("policies/", entity=office.entity.code) == []
    where = f"policy-versions/{version['id']}/"
    approved = office.done("approver", f"{where}approve/", seen(version), status=200)
    assert (approved["decision"], approved["decided_by"]) == ("APPROVED", office.people["approver"].username)
    (counts,) = office.by("auditor").rows("policies/", entity=office.entity.code, as_of="2026-11-01")
    assert counts["version_id"] == version["id"]
    late = office.refused("treasurer", "policies/record/", policy(office))
    assert late["code"] == "refused"


BAND: dict[str, Any] = {
    "month_from": 0,
    "month_to": 12,
    "lower_ratio": 0.6,
    "target_ratio": 0.7,
    "upper_ratio": 0.8,
}


@pytest.mark.parametrize(
    ("changed", "status", "says"),
    [
        ({"bands": [BAND | {"month_to": 0}]}, 409, "ends before it begins"),
        ({"bands": [BAND, BAND | {"month_from": 6}]}, 409, "overlap"),
        ({"bands": [BAND | {"target_ratio": 0.9}]}, 409, "not in order"),
        ({"bands": [BAND | {"lower_ratio": -0.1}]}, 400, "bands[0].lower_ratio"),
        ({"bands": []}, 400, "bands"), ({"risk": "NONE"}, 400, "risk"), ({"reason": " "}, 400, "reason"),
        ({"seen_version": 2}, 409, ""),
    ],
)  # fmt: skip
def test_a_policy_that_is_wrong_leaves_nothing(
    office: Office, changed: dict[str, Any], status: int, says: str
) -> None:
    before = left()
    refused = office.refused("treasurer", "policies/record/", policy(office, **changed), status=status)
    assert says in (refused["detail"] if status == 409 else refused["errors"][0]["field"])
    assert left() == before


def test_a_bucket_becomes_a_proposal_and_its_line_a_trade(office: Office) -> None:
    asked = outside_its_band(office)
    wish = {name: asked[name] for name in ("entity", "risk")}
    before = left()
    (bucket,) = office.done("treasurer", "proposals/into-band/preview/", wish, status=200)["buckets"]
    assert left() == before
    assert (bucket["notional_amount"], bucket["trade_kind"], bucket["ratio_after"]) == (
        "-200000.00",
        "FORWARD",
        0.8,
    )
    limit = office.done("treasurer", "proposals/into-band/preview/", wish | {"aim": "LIMIT"}, status=200)
    assert limit["buckets"][0]["notional_amount"] == "-100000.00"

    proposal = office.done("treasurer", "proposals/into-band/", asked)
    assert proposal["title"].endswith("to the target")
    (line,) = proposal["lines"]
    assert (line["notional_amount"], line["outcome"], line["is_stale"]) == ("-200000.00", None, False)
    assert office.by("auditor").rows("proposal-lines/", open="true") == [line]
    ticket = line["ticket"] | {"counterparty": office.bank.code, "rate": "1.1"}
    made = office.done("treasurer", "instruments/record/", ticket)
    (version,) = made["versions"]
    assert (version["notional_amount"], version["settlement_date"]) == ("-200000.00", line["value_date"])
    decided(office, version["id"])
    (dealt,) = office.by("auditor").rows("proposal-lines/", outcome="DEALT")
    assert dealt["instrument_id"] == made["instrument_id"]
    again = office.refused("treasurer", "instruments/record/", ticket | {"is_another": True})
    assert "dealt or dismissed already" in again["detail"]
    late = office.refused("treasurer", f"proposal-lines/{line['id']}/dismiss/", {"reason": "No."})
    assert "dealt or dismissed already" in late["detail"]


def test_a_line_is_dismissed_once_with_its_reason(office: Office) -> None:
    (line,) = office.done("treasurer", "proposals/into-band/", outside_its_band(office))["lines"]
    where = f"proposal-lines/{line['id']}/dismiss/"
    office.refused("treasurer", where, {"reason": " "}, status=400)
    gone = office.done("treasurer", where, {"reason": "The exposure is cancelled."})
    assert (gone["outcome"], gone["outcome_reason"]) == ("DISMISSED", "The exposure is cancelled.")
    office.refused("treasurer", where, {"reason": "Again."})


def test_what_is_proposed_of_another_night_or_wrongly_leaves_nothing(office: Office) -> None:
    asked = outside_its_band(office)
    before = left()
    where = "proposals/into-band/"
    assert "Another night" in office.refused("treasurer", where, asked | {"seen_run": 999_999})["detail"]
    for changed, field in (
        ({"month": 7}, "month"), ({"kind": "FUTURE"}, "kind"), ({"step": "0"}, "step"), ({"step": "0.001"}, "step"),
    ):  # fmt: skip
        refused = office.refused("treasurer", where, asked | changed, status=400)
        assert refused["errors"][0]["field"] == field
    assert "nothing to trade" in office.refused("treasurer", where, asked | {"minimum": "9000000"})["detail"]
    assert left() == before
