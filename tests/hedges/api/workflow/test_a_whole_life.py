"""A hedge over HTTP from its designation to the journal: every step by the person whose it is, each read back."""

from datetime import date

import pytest

from tests.factories import clock
from tests.hedges.api.workflow.office import DECIDED, DESIGNATED, MONTH_END, Office, decision, seen
from treasury.models import CalculationRun
from treasury.nightly import pipeline

pytestmark = pytest.mark.django_db


def close(office: Office, month: str = "2026-07", on: date = MONTH_END) -> dict:
    with clock.at(on):
        asked = office.done("preparer", f"{office.month(month)}close/", status=202)
        run = pipeline.run_in_process(CalculationRun.objects.get(pk=asked["run_id"]), shard_count=1)
    assert run.status == "PUBLISHED", run.status_reason
    return asked


def test_from_the_designation_to_the_journal_and_back(office: Office) -> None:
    body = office.designation()
    with clock.at(DESIGNATED):
        previewed = office.done("preparer", "hedge-relationships/designate/preview/", body, status=200)
        assert previewed["tests"][0]["effectiveness_status"] == "EFFECTIVE"
        assert office.by("auditor").rows("hedge-relationship-versions/") == []
        answer = office.post("preparer", "hedge-relationships/designate/", body)
    version = answer.json()
    assert answer.status_code == 201
    assert answer["Location"].endswith(f"/api/v1/hedge-relationship-versions/{version['id']}/")
    assert (version["change_kind"], version["accounting_from"]) == ("DESIGNATION", str(DESIGNATED))
    assert version["items"][0]["designated_amount"] == "600000.00"
    assert version["inception_file"]["rule_pack"].startswith("IFRS9-")
    (test,) = version["assessments"]
    assert (test["occasion"], test["effectiveness_status"]) == ("INCEPTION", "EFFECTIVE")
    relationship = f"hedge-relationships/{version['relationship_id']}/"

    with clock.at(DECIDED):
        own = office.refused("preparer", decision(version, "approve"), seen(version))
        assert "had a hand in" in own["detail"]
    decided = office.approved(version)
    assert (decided["decision"], decided["decided_by"]) == (
        "APPROVED",
        office.people["approver"].username,
    )

    waits = office.by("auditor").read(office.month())
    assert {one["code"] for one in waits["blockers"]} == {"accounts"}
    accounts = office.accounts()
    assert office.by("auditor").rows("account-maps/")[0]["accounts"] == accounts["accounts"]
    asked = close(office)
    assert asked["is_new"] and not asked["is_closed"]

    month = office.by("auditor").read(office.month())
    assert (month["status"], month["run_id"], month["blockers"]) == ("CLOSED", asked["run_id"], [])
    (period,) = office.by("auditor").rows("accounting-periods/")
    assert period["entry_count"] == month["entry_count"] > 0
    again = office.done("treasurer", f"{office.month()}close/", status=200)
    assert (again["run_id"], again["is_new"], again["is_closed"]) == (asked["run_id"], False, True)

    entries = office.by("auditor").rows("journal-entries/")
    rules = {row["rule"] for row in entries}
    assert "REMEASUREMENT" in rules
    for row in entries:
        assert sum(float(line["debit_amount"]) - float(line["credit_amount"]) for line in row["lines"]) == 0
    measured = office.by("auditor").read(f"measurements/{version['relationship_id']}/", run=asked["run_id"])
    assert measured["life_stage"] == "ACTIVE"
    assert measured["knots"][0]["day"] == str(DESIGNATED)
    assert measured["knots"][-1]["recognised"] == measured["cumulative_recognised"]
    explained = office.by("auditor").read(
        f"measurements/{version['relationship_id']}/explain/", run=asked["run_id"]
    )
    assert (explained["number"]["field"], explained["problem"]) == ("reserve_balance", "")
    assert office.by("auditor").read(f"entities/{office.entity.pk}/corrections/")["results"] == []

    life = office.by("auditor").read(f"{relationship}life/", as_of=str(MONTH_END))
    assert life["life_stage"] == "ACTIVE"
    assert [event["kind"] for event in life["events"]] == ["DESIGNATED", "TESTED", "APPROVED", "CLOSED"]

    proposed = office.done(
        "preparer", f"journal-entries/{entries[0]['id']}/reverse/", {"reason": "The rate was wrong."}
    )
    where = f"journal-reversals/{proposed['id']}/"
    assert (proposed["decision"], proposed["reversal_id"]) == (None, None)
    assert office.by("auditor").rows("journal-reversals/", awaits="true") == [proposed]
    own = office.refused("preparer", f"{where}approve/", {"content_digest": proposed["content_digest"]})
    assert "had a hand in" in own["detail"]
    decided = office.done(
        "approver", f"{where}approve/", {"content_digest": proposed["content_digest"]}, status=200
    )
    assert decided["decision"] == "APPROVED"
    taken_back = office.by("auditor").read(f"journal-entries/{decided['reversal_id']}/")
    assert taken_back["reversal_of_id"] == entries[0]["id"]
    assert [(line["debit_amount"], line["credit_amount"]) for line in taken_back["lines"]] == [
        (line["credit_amount"], line["debit_amount"]) for line in entries[0]["lines"]
    ]
    twice = office.refused(
        "preparer", f"journal-entries/{entries[0]['id']}/reverse/", {"reason": "The rate was wrong."}
    )
    assert twice["detail"] == "This entry is taken back already."


def test_it_changes_and_ends_by_two_persons(office: Office) -> None:
    version = office.approved(office.designated())
    relationship = f"hedge-relationships/{version['relationship_id']}/"
    instrument = office.forward.instrument_id
    change = {
        "from_date": "2026-08-10", "reason": "The two prices have moved apart.",
        "ineffectiveness_sources": "The spread.",
        "instruments": [{"instrument": instrument, "amount": "-660000.00"}],
    }  # fmt: skip
    with clock.at(date(2026, 8, 10)):
        shown = office.done("preparer", f"{relationship}rebalance/preview/", change, status=200)
        assert shown["change_kind"] == "REBALANCING"
        assert shown["designated_hedge_ratio"] == 1.1
        assert len(office.by("auditor").rows(f"{relationship}versions/")) == 1
        proposed = office.done("preparer", f"{relationship}rebalance/", change)
        assert proposed["effect"] == shown["effect"]
        assert (
            office.by("auditor").rows("hedge-relationship-versions/", awaits="true")[0]["id"]
            == proposed["id"]
        )
        office.refused("preparer", f"{relationship}rebalance/", change)
    office.approved(proposed, date(2026, 8, 11))
    (capacity,) = [office.by("auditor").read(f"instruments/{instrument}/capacity/", framework="IFRS9")]
    assert sum(int(one["unit_to"]) - int(one["unit_from"]) for one in capacity["free"]) == 34_000_000
    assert {use["relationship"] for use in capacity["uses"]} == {version["relationship"]}

    stop = {"from_date": "2026-08-20", "reason": "The policy has changed.", "cause": "OBJECTIVE_CHANGED"}
    with clock.at(date(2026, 8, 20)):
        shown = office.done("treasurer", f"{relationship}discontinue/preview/", stop, status=200)
        assert shown["status"] == "DISCONTINUED"
        proposed = office.done("treasurer", f"{relationship}discontinue/", stop)
        rejected = office.done(
            "third", decision(proposed, "reject"), seen(proposed, comment="no"), status=200
        )
        assert (rejected["decision"], rejected["decision_comment"]) == ("REJECTED", "no")
        proposed = office.done("treasurer", f"{relationship}discontinue/", stop)
        office.done("third", decision(proposed, "approve"), seen(proposed), status=200)
    life = office.by("auditor").read(f"{relationship}life/", as_of="2026-08-21")
    assert life["life_stage"] == "WAITING"
    free = office.by("auditor").read(
        f"instruments/{instrument}/capacity/", framework="IFRS9", period_from="2026-08-20"
    )
    assert free["free"] == [{"unit_from": 0, "unit_to": 100_000_000, "amount": "-1000000.00"}]


def test_a_test_on_demand_and_a_decision_are_on_record(office: Office) -> None:
    version = office.approved(office.designated())
    relationship = f"hedge-relationships/{version['relationship_id']}/"
    with clock.at(MONTH_END):
        tested = office.done("treasurer", f"{relationship}test/", {"as_of_date": "2026-07-31"})
        assert (tested["occasion"], tested["numbers"] != {}) == ("ON_DEMAND", True)
        assert office.by("auditor").read(f"assessments/{tested['id']}/") == tested
        body = {
            "subject": "CREDIT_RISK", "as_of_date": "2026-07-31", "decided_status": "EFFECTIVE",
            "reason": "The bank is sound.",
        }  # fmt: skip
        office.refused("preparer", f"{relationship}decide/", body)
        decided = office.done("approver", f"{relationship}decide/", body)
    assert office.by("auditor").rows("assessment-decisions/") == [decided]
    later = office.refused("treasurer", f"{relationship}test/", {"as_of_date": "2099-01-01"})
    assert "still to come" in later["detail"]


def test_what_is_documented_late_needs_a_third_person(office: Office) -> None:
    with clock.at(DESIGNATED):
        body = office.designation(designation_date="2026-07-01")
        assert "late_reason" in office.refused("preparer", "hedge-relationships/designate/", body)["detail"]
        body["late_reason"] = "The deal was booked while the desk was ill."
        version = office.done("preparer", "hedge-relationships/designate/", body)
        assert version["accounting_from"] == str(DESIGNATED)
        early = office.refused("approver", decision(version, "approve"), seen(version))
        assert "accepted by another person" in early["detail"]
        accepted = office.done("third", decision(version, "accept-late"), seen(version), status=200)
        assert accepted["late_accepted_by"] == office.people["third"].username
        office.refused("third", decision(version, "approve"), seen(version))
        assert office.done("approver", decision(version, "approve"), seen(version), status=200)["decision"]


def test_a_fact_demands_a_change(office: Office) -> None:
    from tests.factories import changes

    version = office.approved(office.designated())
    changes.exposure_says(office.item.exposure_id, on=date(2026, 8, 5), status="NO_LONGER_EXPECTED")
    where = f"entities/{office.entity.pk}/demanded-changes/"
    (demand,) = office.by("auditor").read(where, as_of="2026-08-31")["results"]
    assert (demand["relationship_id"], demand["cause"]) == (version["relationship_id"], "NO_LONGER_EXPECTED")
    assert demand["lost"][0]["amount"] == "600000.00"
    assert office.by("auditor").read(where, as_of="2026-08-01")["results"] == []
