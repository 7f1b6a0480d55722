"""The same hedge under a second framework is a relationship of its own, parallel to the first."""

from datetime import date
from decimal import Decimal

import pytest

from hedges.domain import designation, relationship_approval
from hedges.domain.parts import Part
from tests.factories import book, clock
from tests.factories.refusing import refused


@pytest.fixture
def parts(entity):
    item, hedge = book.exposure(of=entity), book.forward(-1_000_000, of=entity)
    return {"of": entity, "items": [(item, 600_000)], "instruments": [(hedge, -600_000)]}


@pytest.fixture
def first(parts):
    return book.relationship(**parts, code="FIRST").relationship


def test_another_framework_needs_a_first_relationship(parts, refuses):
    words = "the framework of the entity is IFRS9: designate under it", "the framework is the entity's, IFRS9"
    refuses(*words, **parts, framework="ASC815")
    refuses(*words, **parts, framework="ASC815", hedge_type="ECONOMIC")


def test_both_frameworks_have_file_test_and_units_of_their_own(parts, first):
    version = book.relationship(**parts, parallel_of=first, framework="ASC815")
    assert version.relationship.parallel_of == first
    assert version.inception_file.rule_pack.framework == "ASC815"
    assert version.assessments.count() == version.item_allocations.count() == 1


def test_both_in_one_action(parts):
    one = book.unsaved_relationship(**parts)
    other = book.unsaved_relationship(**parts, parallel_of=one.relationship, framework="IAS39")
    author = book.user("HEDGE_ACCOUNTANT")
    with clock.at(book.START):
        versions = designation.designate(designations=[other, one], actor=author, support=book.bare_support)
    assert versions[0].relationship.parallel_of == versions[1].relationship
    relationship_approval.approve(versions=versions, actor=book.user("APPROVER"))


def test_it_is_under_another_framework(parts, first, refuses):
    parts["items"], parts["instruments"] = (
        [(version, amount // 2) for version, amount in parts[side]] for side in ("items", "instruments")
    )
    refuses("FIRST is under IFRS9 already", "another framework", **parts, parallel_of=first)


def test_it_is_of_the_same_entity(first, refuses):
    other = book.entity()
    refuses(
        "FIRST is of another entity", "has the entity of its first one", of=other, parallel_of=first,
        items=[(book.exposure(of=other), 600_000)], instruments=[(book.forward(of=other), -600_000)],
        framework="ASC815",
    )  # fmt: skip


def test_it_names_the_first_one(parts, first, refuses):
    second = book.relationship(**parts, parallel_of=first, framework="ASC815", code="SECOND").relationship
    refuses(
        "SECOND is itself parallel", "has the entity of its first one", **parts, parallel_of=second,
        framework="IAS39",
    )  # fmt: skip


@pytest.mark.parametrize("changed", ["less", "another item", "another instrument"])
def test_it_has_the_same_amounts_of_the_same(parts, first, refuses, changed):
    of, item, hedge = parts["of"], parts["items"][0][0], parts["instruments"][0][0]
    other = {
        "less": {"items": [(item, 599_999)]},
        "another item": {"items": [(book.exposure(of=of), 600_000)]},
        "another instrument": {"instruments": [(hedge, -300_000), (book.forward(of=of), -300_000)]},
    }[changed]
    refuses(
        "items, instruments and amounts are not those of FIRST", "approval: of its first one, in the same units",
        **(parts | other), parallel_of=first, framework="ASC815",
    )  # fmt: skip


def test_a_first_one_that_was_rejected_is_none(parts):
    first = book.relationship(**parts, approve=False, code="FIRST")
    relationship_approval.reject(versions=[first], actor=book.user("APPROVER"))
    author = book.user("HEDGE_ACCOUNTANT")
    draft = book.unsaved_relationship(**parts, parallel_of=first.relationship, framework="ASC815")
    with clock.at(book.START), refused("are not those of FIRST"):
        designation.designate(designations=[draft], actor=author, support=book.bare_support)


@pytest.mark.parametrize(
    ("fields", "word"),
    [
        ({"hedge_type": "FAIR_VALUE"}, "hedge type"),
        ({"designated_component": "SPOT"}, "designated component"),
        ({"designated_hedge_ratio": Decimal("0.5")}, "hedge ratio"),
        ({"hedge_end_date": date(2027, 3, 31)}, "hedge_end_date"),
    ],
)
def test_it_is_the_same_hedge(entity, refuses, fields, word):
    item = book.exposure(of=entity, kind="FIRM_COMMITMENT")
    parts = {"of": entity, "items": [(item, 600_000)]}
    parts["instruments"] = [(book.forward(-1_000_000, of=entity), -600_000)]
    first = book.relationship(**parts, code="FIRST").relationship
    refuses(
        f"its {word} is not as in FIRST", "approval: has the type, risk, component, end and hedge ratio",
        **(parts | fields), parallel_of=first, framework="IAS39",
    )  # fmt: skip


def test_the_election_of_the_excluded_part_is_the_frameworks_own(parts):
    first = book.relationship(**parts, designated_component="SPOT", code="FIRST")
    other = book.relationship(
        **parts, designated_component="SPOT", parallel_of=first.relationship, framework="IAS39"
    )
    treatments = [one.inception_file.excluded_treatment for one in (first, other)]
    assert treatments == ["DEFERRED", "PROFIT_OR_LOSS"]


def test_it_takes_the_same_layer(parts, refuses):
    item, amount = parts["items"][0]
    layered = parts | {"items": [Part(item, Decimal(amount), unit_from=40_000_000)]}
    first = book.relationship(**layered, code="FIRST").relationship
    refuses(
        "its units or periods are not those of FIRST", "approval: in the same units and periods",
        **parts, parallel_of=first, framework="ASC815",
    )  # fmt: skip
