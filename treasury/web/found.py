"""What search finds on the shared ground: counterparties, risks, policies, runs, people, calculators and pages."""

from __future__ import annotations

from datetime import date

from django.urls import reverse

from treasury.kernel import dates
from treasury.quant import catalogue
from treasury.queries import people, search
from treasury.web import menu, run_tables, words
from treasury.web.looked_for import MOST, LookedFor
from treasury.web.scope import Scope

#: Letters of a word that pages and calculators are looked up by.
SHORTEST = 3


def found(scope: Scope, asked: LookedFor) -> list[dict]:
    banks = [
        {
            "name": row["code"],
            "kind": "counterparty",
            "entity": "",
            "says": f"{row['name']}, {row['country']} {row['credit_rating']}",
            "href": scope.link(reverse("credit-facts"), counterparty=row["code"]),
        }
        for row in search.counterparties(asked.text, limit=MOST)
    ]
    policies = [
        {
            "name": f"{row['entity_code']} {row['risk_code']}",
            "kind": "policy",
            "entity": row["entity_code"],
            "says": row["risk_name"],
            "href": scope.link(reverse("policy", args=[row["entity_code"], row["risk_code"]])),
        }
        for row in search.policies(asked.text, entity_ids=scope.all_ids, limit=MOST)
    ]
    codes = [entity["code"] for entity in scope.entities]
    runs = [
        {
            "name": f"{run_tables.called(row)}, revision {row['revision']}",
            "kind": "run",
            "entity": "",
            "says": words.state(row["status"])[0],
            "href": scope.link(reverse("run", args=[row["id"]])),
        }
        for row in search.runs(number=asked.number, on=_day(asked.text), codes=codes, limit=MOST)
    ]
    return banks + _risks(scope, asked) + policies + runs + _people(scope, asked)


def of_program(scope: Scope, asked: LookedFor) -> list[dict]:
    """Pages and calculators by name, after what the book has; of a word of at least three letters."""
    if len(asked.text) < SHORTEST:
        return []
    wanted = asked.text.casefold()
    calculators = [
        {
            "name": measure.title,
            "kind": "calculator",
            "entity": "",
            "says": measure.summary,
            "href": scope.link(reverse("calculator", args=[measure.code])),
        }
        for measure in catalogue.MEASURES.values()
        if wanted in measure.title.casefold() or wanted in measure.code.replace("_", " ").casefold()
    ]
    pages = [
        {
            "name": page["label"],
            "kind": "page",
            "entity": "",
            "says": page["group"],
            "href": scope.link(page["href"]),
        }
        for page in menu.pages(scope.person.roles, may_write=scope.may_write)
        if wanted in page["label"].casefold()
    ]
    return calculators[:MOST] + pages[:MOST]


def _risks(scope: Scope, asked: LookedFor) -> list[dict]:
    """Each leads to its lines of the position."""
    return [
        {
            "name": row["code"],
            "kind": "risk",
            "entity": "",
            "says": f"{row['name']}, {words.label(row['kind'])}",
            "href": scope.link(menu.address("position"), find=row["code"]),
        }
        for row in search.risks(asked.text, limit=MOST)
    ]


def _people(scope: Scope, asked: LookedFor) -> list[dict]:
    """Whoever sees an entity sees who works on it."""
    return [
        {
            "name": row["account"],
            "kind": "person",
            "entity": "",
            "says": f"{row['first']} {row['last']}".strip() or "no name given",
            "href": scope.link(reverse("people"), **{"people-and-their-roles-find": row["account"]}),
        }
        for row in people.called(asked.text, entity_ids=scope.all_ids, limit=MOST)
    ]


def _day(text: str) -> date | None:
    try:
        return dates.day(text)
    except ValueError:
        return None
