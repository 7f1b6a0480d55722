"""Writes and reads of hedge accounting are as the contract says: bodies, examples, answers and refusals."""

from datetime import date
from typing import Any

import pytest
from jsonschema import Draft202012Validator, FormatChecker

from tests.factories import clock
from tests.hedges.api.workflow.office import DECIDED, DESIGNATED, MONTH_END, Office, decision, seen
from tests.treasury.api.test_contract import PROBLEM
from tests.treasury.api.test_every_route import KEY, ROUTES
from treasury.api.documentation import contract
from treasury.api.writing import Action
from treasury.models import CalculationRun
from treasury.nightly import pipeline

pytestmark = pytest.mark.django_db


def conforms(body: Any, schema: dict[str, Any]) -> None:
    document = {**schema, "components": contract()["components"]}
    Draft202012Validator(document, format_checker=FormatChecker()).validate(body)


def writes() -> list[tuple[str, dict[str, Any]]]:
    return [
        (path, methods["post"])
        for path, methods in contract()["paths"].items()
        if "post" in methods and "calculate" not in path
    ]


def of_the_workflow() -> set[str]:
    """The addresses of what is done here; other writes have tests of their own."""
    modules = {f"hedges.api.{name}" for name in (
        "account_maps", "accounting_periods", "changes", "designations", "relationship_decisions", "tests_on_demand",
    )} | {"reports.api.reversals"}  # fmt: skip
    return {
        KEY.sub(r"{\1}", address)
        for address, callback in ROUTES
        if issubclass(callback.cls, Action) and callback.cls.__module__ in modules
    }


def test_each_write_declares_body_example_answer_and_refusals() -> None:
    assert len(of_the_workflow()) == 20
    for path, operation in writes():
        named = {one["name"]: one for one in operation.get("parameters", []) if one["in"] == "header"}
        refusals = set(operation["responses"])
        assert ("Idempotency-Key" in named) == ("422" in refusals), path
        assert ("If-Match" in named) == ({"412", "428"} <= refusals), path
        if "application/json" not in operation["requestBody"]["content"]:
            continue
        content = operation["requestBody"]["content"]["application/json"]
        whole = content["schema"]
        for example in whole.get("examples", []):
            conforms(example, whole)
        for schema in whole.get("oneOf", [whole]):
            assert schema["additionalProperties"] is False, path
            shown = schema.get("examples") or content.get("examples") or content.get("example")
            assert shown or not schema["properties"], path
            for name, one in schema["properties"].items():
                assert one["description"], (path, name)
        assert {"400", "401", "403", "404", "405", "409", "413", "415", "503"} <= set(operation["responses"])
        assert {"200", "201", "202"} & set(operation["responses"]), path
        assert operation["description"], path


class Checked:
    """Posts as a person and holds body and answer to the contract."""

    def __init__(self, office: Office) -> None:
        self.office = office
        self.seen: set[str] = set()

    def post(self, name: str, template: str, body: dict[str, Any], **keys: Any) -> dict[str, Any]:
        operation = contract()["paths"][f"/api/v1/{template}"]["post"]
        conforms(body, operation["requestBody"]["content"]["application/json"]["schema"])
        answer = self.office.post(name, template.format(**keys), body)
        content = operation["responses"][str(answer.status_code)]["content"]
        kind = "application/json" if answer.status_code < 400 else "application/problem+json"
        conforms(answer.json(), content[kind]["schema"] if answer.status_code < 400 else PROBLEM)
        assert answer.status_code < 400, answer.content
        self.seen.add(template)
        return answer.json()


def test_every_answer_of_a_write_is_as_the_contract_says(office: Office) -> None:
    does = Checked(office)
    with clock.at(DESIGNATED):
        body = office.designation(
            designated_component="SPOT", designation_date="2026-07-10", late_reason="The desk was ill."
        )
        body["file"] |= {"excluded_treatment": "DEFERRED", "cost_relation": "TRANSACTION"}
        does.post("preparer", "hedge-relationships/designate/preview/", body)
        version = does.post("preparer", "hedge-relationships/designate/", body)
    key, relationship = {"key": version["id"]}, {"key": version["relationship_id"]}
    with clock.at(DECIDED):
        does.post("third", "hedge-relationship-versions/{key}/accept-late/", seen(version), **key)
        does.post("approver", "hedge-relationship-versions/{key}/approve/", seen(version), **key)
    accounts = {"valid_from": "2026-01-01", "accounts": [{"role": "DERIVATIVE", "code": "1"}]}
    wrong = does.post("preparer", "entities/{key}/account-map/", accounts, key=office.entity.pk)
    does.post("approver", "account-map-versions/{key}/reject/", seen(wrong), key=wrong["id"])
    office.accounts()
    does.seen.add("account-map-versions/{key}/approve/")
    with clock.at(MONTH_END):
        asked = does.post(
            "preparer", "entities/{key}/periods/{month}/close/", {}, key=office.entity.pk, month="2026-07"
        )
        pipeline.run_in_process(CalculationRun.objects.get(pk=asked["run_id"]), shard_count=1)
        does.post("approver", "hedge-relationships/{key}/test/", {"as_of_date": "2026-07-31"}, **relationship)
        decided = {
            "subject": "CREDIT_RISK", "as_of_date": "2026-07-31", "decided_status": "EFFECTIVE", "reason": "sound",
        }  # fmt: skip
        does.post("approver", "hedge-relationships/{key}/decide/", decided, **relationship)
    read_as_promised(office, version["relationship_id"], asked["run_id"])
    entry = office.by("auditor").rows("journal-entries/")[0]
    for decision_of in ("reject", "approve"):
        back = does.post("preparer", "journal-entries/{key}/reverse/", {"reason": "wrong"}, key=entry["id"])
        does.post("approver", "journal-reversals/{key}/" + f"{decision_of}/", seen(back), key=back["id"])
    with clock.at(date(2026, 8, 10)):
        moved = {
            "from_date": "2026-08-10", "reason": "moved apart", "ineffectiveness_sources": "the spread",
            "instruments": [{"instrument": office.forward.instrument_id, "amount": "-650000.00"}],
        }  # fmt: skip
        does.post("preparer", "hedge-relationships/{key}/rebalance/preview/", moved, **relationship)
        change = does.post("preparer", "hedge-relationships/{key}/rebalance/", moved, **relationship)
        does.post("third", "hedge-relationship-versions/{key}/reject/", seen(change), key=change["id"])
        stopped = {"from_date": "2026-08-10", "reason": "as the policy says", "cause": "OBJECTIVE_CHANGED"}
        does.post("preparer", "hedge-relationships/{key}/discontinue/preview/", stopped, **relationship)
        change = does.post("preparer", "hedge-relationships/{key}/discontinue/", stopped, **relationship)
        office.done("third", decision(change, "approve"), seen(change), status=200)
        item = {"exposure": office.item.exposure_id, "amount": "100000.00"}
        economic = office.designation(hedge_type="ECONOMIC", designation_date="2026-08-10", items=[item])
        del economic["file"]
        second = office.done("preparer", "hedge-relationships/designate/", economic)
        office.done("third", decision(second, "approve"), seen(second), status=200)
        body, link = (
            {"from_date": "2026-08-10", "reason": "no longer wanted"},
            {"key": second["relationship_id"]},
        )
        does.post("preparer", "hedge-relationships/{key}/de-designate/preview/", body, **link)
        does.post("preparer", "hedge-relationships/{key}/de-designate/", body, **link)
    assert does.seen == of_the_workflow()


def read_as_promised(office: Office, relationship: int, run: int) -> None:
    """The reads of hedge accounting over a month that was really closed."""
    caller, of = office.by("auditor"), {"run": run}
    (cost,) = caller.rows("costs-of-hedging/", **of)
    assert (cost["id"], cost["element"]) == (f"{relationship}.FORWARD_ELEMENT", "FORWARD_ELEMENT")
    keys = {"key": relationship, "month": "2026-07"}
    paths = {
        "measurements/": of, "measurements/{key}/": of, "measurements/{key}/explain/": of, "costs-of-hedging/": of,
        "hedge-relationships/{key}/life/": {"as_of": "2026-08-03"},
    }  # fmt: skip
    for template, query in paths.items():
        answers = contract()["paths"][f"/api/v1/{template}"]["get"]["responses"]
        body = caller.read(template.format(**keys), **query)
        conforms(body, answers["200"]["content"]["application/json"]["schema"])
    for template in ("costs-of-hedging/{key}/", "costs-of-hedging/{key}/explain/"):
        answers = contract()["paths"][f"/api/v1/{template}"]["get"]["responses"]
        body = caller.read(template.format(key=cost["id"]), **of)
        conforms(body, answers["200"]["content"]["application/json"]["schema"])
    for template in (
        "entities/{key}/periods/{month}/", "entities/{key}/corrections/", "entities/{key}/demanded-changes/",
    ):  # fmt: skip
        answers = contract()["paths"][f"/api/v1/{template}"]["get"]["responses"]
        body = caller.read(template.format(key=office.entity.pk, month="2026-07"))
        conforms(body, answers["200"]["content"]["application/json"]["schema"])
    for template in (
        "accounting-periods/", "account-maps/", "account-map-versions/", "assessments/", "assessment-decisions/",
        "hedge-relationship-versions/", "hedge-relationships/",
    ):  # fmt: skip
        paths_of = contract()["paths"]
        found = caller.read(template)
        conforms(
            found,
            paths_of[f"/api/v1/{template}"]["get"]["responses"]["200"]["content"]["application/json"][
                "schema"
            ],
        )
        for row in found["results"]:
            one = paths_of[f"/api/v1/{template}{{key}}/"]["get"]["responses"]["200"]
            conforms(caller.read(f"{template}{row['id']}/"), one["content"]["application/json"]["schema"])
