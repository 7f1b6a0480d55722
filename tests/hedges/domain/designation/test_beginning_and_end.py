"""A designation begins on its date, ends with what it links, and in an open period; its file is the only one."""

from datetime import date

import pytest
from django.db import DatabaseError, transaction

from hedges.domain import relationship_approval
from hedges.models import InceptionFile
from tests.factories import accounting, book, clock
from tests.factories.refusing import refused
from treasury.domain import audit
from treasury.domain.refusals import as_refusal


@pytest.fixture
def parts(entity):
    item, hedge = book.exposure(of=entity), book.forward(-1_000_000, of=entity)
    return {"of": entity, "items": [(item, 600_000)], "instruments": [(hedge, -600_000)]}


@pytest.mark.parametrize("hedge_type", ["CASH_FLOW", "ECONOMIC"])
@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"valid_from": date(2026, 2, 1)}, "a designation is valid from its"),
        ({"valid_to": date(2026, 6, 1)}, "without valid_to"),
        ({"status": "DISCONTINUED"}, "its status is DISCONTINUED"),
    ],
)
def test_it_is_valid_from_its_date_without_an_end(parts, refuses, hedge_type, fields, words):
    refuses(
        words, "valid from its designation date, without an end", **parts, **fields, hedge_type=hedge_type
    )


def test_it_ends_with_the_last_of_its_parts(parts, refuses):
    refuses(
        "after the last date of its items and instruments, 2027-04-30", "approval: ends with the last of its items",
        **parts, hedge_end_date=date(2027, 5, 1),
    )  # fmt: skip


def test_it_does_not_begin_in_a_closed_period(parts):
    accounting.closed_month(parts["of"], date(2026, 1, 1))
    version = book.relationship(**parts, approve=False)
    with clock.at(book.START), refused("the period of 2026-01-01 is closed"):
        relationship_approval.approve(versions=[version], actor=book.user("APPROVER"))


def test_a_period_is_not_closed_over_a_designation_that_waits(parts):
    book.relationship(**parts, approve=False)
    with pytest.raises(DatabaseError, match="wait for a decision"), transaction.atomic():
        accounting.closed_month(parts["of"], date(2026, 1, 1))


def test_a_relationship_has_one_file(parts):
    version = book.relationship(**parts)
    other = book.inception_file(version, strategy="another one", rule_pack=version.inception_file.rule_pack)
    other.relationship = version.relationship
    with (
        refused("one inception file"),
        as_refusal(),
        audit.action("test.filed", actor=book.user("TREASURER")),
    ):
        InceptionFile.objects.bulk_create([other])
