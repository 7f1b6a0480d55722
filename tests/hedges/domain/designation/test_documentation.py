"""A designation is complete or refused (IFRS 9 6.4.1(b)); elections are those that its framework knows."""

from datetime import date

import pytest

from hedges.domain import designation
from hedges.models import InceptionFile
from tests.factories import book, clock
from tests.factories.refusing import refused
from treasury.models import RulePack

FILE_FIELDS = (
    "instrument_description", "item_description", "risk_description", "assessment_description",
    "hedge_ratio_description", "strategy", "release_pattern",
)  # fmt: skip
VERSION_FIELDS = ("objective", "rationale", "ineffectiveness_sources")


def parts(entity, **fields):
    item, hedge = book.exposure(of=entity, **fields), book.forward(of=entity)
    sign = 1 if item.exposure_amount > 0 else -1
    return {"of": entity, "items": [(item, sign * 600_000)], "instruments": [(hedge, -600_000)]}


def designate(draft, support=book.bare_support):
    with clock.at(book.START):
        return designation.designate(designations=[draft], actor=book.user("TREASURER"), support=support)


def test_a_designation_is_one_action(entity):
    [version] = designate(book.unsaved_relationship(**parts(entity)))
    file = version.inception_file
    numbered = (version.version_number, version.change_kind, version.accounting_from)
    assert numbered == (1, "DESIGNATION", book.START)
    assert (file.relationship, file.rule_pack.code) == (version.relationship, "IFRS9-2018")
    [support] = version.assessments.all()
    [item], [hedge] = version.item_allocations.all(), version.instrument_allocations.all()
    assert {row.event_id for row in (file, support, item, hedge)} == {version.event_id}
    assert len(file.content_digest) == 64
    assert {item.period_from, item.struck_on, hedge.struck_on} == {book.START}


def test_every_missing_field_is_named(entity):
    blank = dict.fromkeys(VERSION_FIELDS, " ")
    draft = book.unsaved_relationship(**parts(entity), file=dict.fromkeys(FILE_FIELDS, ""), **blank)
    with refused("the documentation lacks .*6.4.1") as refusal:
        designate(draft)
    for name in (*FILE_FIELDS, *VERSION_FIELDS):
        assert f"{name}, " in str(refusal.value)


def test_without_a_file_every_field_of_it_is_missing(entity, monkeypatch):
    draft = book.unsaved_relationship(**parts(entity))
    bare = designation.Designation(draft.relationship, draft.version, draft.items, draft.instruments)
    with refused("instrument_description, .*strategy, .*release_pattern"):
        designate(bare)
    monkeypatch.setattr(designation, "refuse_faults", lambda drafts, known: None)
    with refused("the documentation lacks inception_file"):
        designate(bare)


@pytest.mark.parametrize("name", VERSION_FIELDS)
def test_the_database_asks_for_the_texts_too(entity, monkeypatch, name):
    monkeypatch.setattr(designation, "refuse_faults", lambda drafts, known: None)
    with refused(f"the documentation lacks {name}"):
        designate(book.unsaved_relationship(**parts(entity), **{name: "\n"}))


@pytest.mark.parametrize("name", FILE_FIELDS)
def test_the_database_asks_for_the_files_fields_too(entity, monkeypatch, name):
    monkeypatch.setattr(designation, "refuse_faults", lambda drafts, known: None)
    with refused("inception_file"):
        designate(book.unsaved_relationship(**parts(entity), file={name: ""}))


def test_a_designation_without_its_test_is_refused(entity):
    with refused("the test at inception is missing"):
        designate(book.unsaved_relationship(**parts(entity)), support=lambda versions: [])


def test_an_economic_hedge_needs_no_file_and_no_test(entity):
    draft = book.unsaved_relationship(
        **parts(entity), hedge_type="ECONOMIC", objective="", rationale="", ineffectiveness_sources=""
    )
    [version] = designate(draft, support=lambda versions: pytest.fail("an economic hedge is not tested"))
    assert (version.inception_file, version.assessments.count()) == (None, 0)


DEFERRED = {"excluded_treatment": "DEFERRED", "cost_relation": "TRANSACTION"}
AT_ONCE = {"excluded_treatment": "PROFIT_OR_LOSS", "cost_relation": None}
KEPT = {"release_pattern": "BASIS_ADJUSTMENT", "keeps_basis_in_reserve": True}


@pytest.mark.parametrize(
    "framework, version, file, words, of_the_database",
    [
        ("IFRS9", {"designated_component": "FORWARD"}, {}, "can only be excluded", "can be excluded, not designated"),
        ("IFRS9", {"designated_component": "SPOT"}, {"excluded_treatment": None, "cost_relation": None},
         "excluded_treatment is missing", "excluded_treatment says"),
        ("IFRS9", {}, DEFERRED, "nothing is excluded", "excluded_treatment says"),
        ("IAS39", {"designated_component": "SPOT"}, DEFERRED, "under IAS 39 what is excluded", "under IAS 39 what"),
        ("IAS39", {}, AT_ONCE | {"basis_excluded": True}, "currency basis alone", "not the currency basis alone"),
        ("IFRS9", {"designated_component": "SPOT"}, AT_ONCE | {"cost_relation": "TRANSACTION"},
         "no cost is deferred", "has its cost_relation"),
        ("IFRS9", {"designated_component": "SPOT"}, DEFERRED | {"cost_relation": None}, "cost_relation is missing",
         "inception_file_deferred_cost_has_relation"),
        ("IFRS9", {}, {"spot_is_discounted": True}, "designated spot element", "only a designated spot element"),
        ("IFRS9", {}, {"release_pattern": "ON_DISPOSAL"}, "ON_DISPOSAL is for net investment", "ON_DISPOSAL is for"),
        ("IFRS9", {}, KEPT, "IFRS 9 adjusts the cost", "keeps_basis_in_reserve is for"),
        ("IAS39", {}, {"keeps_basis_in_reserve": True}, "for the release_pattern BASIS_ADJUSTMENT", "is for a BASIS"),
        ("ASC815", {}, {"release_pattern": "BASIS_ADJUSTMENT"}, "ASC 815 has no basis adj", "ASC 815 has no basis"),
        ("IAS39", {}, {"earnings_lag_days": 30}, "earnings_lag_days is for", "earnings_lag_days is for"),
    ],
)  # fmt: skip
def test_elections_that_the_framework_does_not_know(
    db, refuses, framework, version, file, words, of_the_database
):
    entity = book.entity(accounting_framework=framework)
    refuses(words, of_the_database, **parts(entity), file=file, **version)


def test_a_fair_value_hedge_has_no_reserve(entity, refuses):
    refuses(
        "a fair value hedge has no reserve",
        "a fair value hedge has no reserve",
        **parts(entity, kind="FIRM_COMMITMENT"),
        hedge_type="FAIR_VALUE",
        file={"release_pattern": "OVER_TERM"},
    )
    refuses(
        "a fair value hedge has no reserve",
        "a fair value hedge has no reserve",
        **parts(entity, kind="FIRM_COMMITMENT"),
        hedge_type="FAIR_VALUE",
        file=KEPT,
    )


@pytest.mark.parametrize("framework", ["IFRS9", "IAS39", "ASC815"])
def test_the_adjustment_of_a_commitment_goes_into_the_cost_of_what_is_bought(db, framework):
    entity = book.entity(accounting_framework=framework)
    file = {"release_pattern": "BASIS_ADJUSTMENT"}
    designate(
        book.unsaved_relationship(**parts(entity, kind="FIRM_COMMITMENT"), hedge_type="FAIR_VALUE", file=file)
    )
    assert InceptionFile.objects.get().release_pattern == "BASIS_ADJUSTMENT"


@pytest.mark.parametrize(
    "framework, file",
    [
        ("IAS39", KEPT | {"earnings_lag_days": 90}),
        ("ASC815", KEPT),
        ("IFRS9", {"release_pattern": "BASIS_ADJUSTMENT"}),
        ("IFRS9", DEFERRED | {"basis_excluded": True}),
        ("ASC815", AT_ONCE | {"basis_excluded": True}),
    ],
)
def test_elections_that_it_knows(db, framework, file):
    entity = book.entity(accounting_framework=framework)
    designate(book.unsaved_relationship(**parts(entity), file=file))
    assert InceptionFile.objects.count() == 1


def test_the_rule_pack_is_of_the_framework_and_in_force(entity, refuses):
    other = RulePack.objects.get(framework="IAS39")
    refuses(
        "rule pack IAS39-2005 is of IAS39", "the rule pack is of another framework", **parts(entity),
        file={"rule_pack": other},
    )  # fmt: skip
    old = RulePack.objects.get(framework="IFRS9")
    since = date(2017, 6, 1)
    refuses(
        "is not in force on 2017-06-01", "not in force when hedge accounting begins", **parts(entity), on=since,
        designation_date=since, file={"rule_pack": old},
    )  # fmt: skip


def test_a_file_belongs_to_its_own_relationship(entity, monkeypatch):
    [version] = designate(book.unsaved_relationship(**parts(entity)))
    draft = book.unsaved_relationship(**parts(entity))
    monkeypatch.setattr(designation, "_save_identities", lambda drafts: drafts[0].relationship.save())
    draft.version.inception_file = version.inception_file
    with refused("the inception file is of another relationship"):
        designate(draft)
