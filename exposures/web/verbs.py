"""What may be done to an exposure in its present state: the verbs, their words, forms and domain calls."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from exposures.domain import lifecycle, splitting, undoing
from exposures.domain.lifecycle import LADDER, NOT_FIRM, RECOGNISED
from exposures.domain.next_version import Change
from exposures.domain.splitting import Part, Split
from exposures.enums import ExposureKind, ExposureStatus
from exposures.web.forms.changes import AmendForm, ChangeForm, ConfirmForm, SettleForm
from exposures.web.forms.split import SplitForm
from treasury.enums import Decision
from treasury.web.story import AWAITING


@dataclass(frozen=True)
class Verb:
    """`title` heads the page, `button` says what sending does, `note` what comes of it."""

    title: str
    button: str
    note: str
    form: type[ChangeForm]
    call: Callable[..., Any]


def _changes(domain_verb: Callable[..., Any]) -> Callable[..., Any]:
    def call(exposure_id: int, form: ChangeForm, actor: Any) -> Any:
        told = form.cleaned_data
        change = Change(exposure_id, told["valid_from"], form.terms, told["version_number"])
        return domain_verb(changes=[change], actor=actor, reason=told["reason"])

    return call


def _split(exposure_id: int, form: SplitForm, actor: Any) -> Any:
    told = form.cleaned_data
    split = Split(exposure_id, told["valid_from"], form.parts, told["version_number"])
    return splitting.split(splits=[split], actor=actor, reason=told["reason"])


def _settle(exposure_id: int, form: SettleForm, actor: Any) -> Any:
    if not form.is_part:
        return _changes(lifecycle.settle)(exposure_id, form, actor)
    told = form.cleaned_data
    part = Split(exposure_id, told["valid_from"], [Part(told["size"])], told["version_number"])
    return splitting.settle_part(splits=[part], actor=actor, reason=told["reason"])


VERBS: dict[str, Verb] = {
    "confirm": Verb(
        "Confirm", "Confirm it and send for approval",
        "It goes on in its life: forecast, highly probable, firm, recognised. Its versions stay together.",
        ConfirmForm, _changes(lifecycle.confirm),
    ),
    "amend": Verb(
        "Amend", "Amend it and send for approval", "Only what you change is changed.", AmendForm,
        _changes(lifecycle.amend),
    ),
    "settle": Verb(
        "Settle", "Settle it and send for approval",
        "What came is kept beside what was expected. A part of it becomes an exposure of its own.",
        SettleForm, _settle,
    ),
    "split": Verb(
        "Split", "Split it and send for approval",
        "The parts become exposures of their own; the rest stays here, with what is hedged of it.", SplitForm, _split,
    ),
    "lower": Verb(
        "No longer highly probable", "Make it a forecast and send for approval",
        "A forecast that is not highly probable cannot be designated (IFRS 9 6.3.3).", ChangeForm,
        _changes(lifecycle.lower),
    ),
    "no-longer-expected": Verb(
        "No longer expected", "Say so and send for approval",
        "It is not counted any more, though it may still happen. What a hedge of it demands shows at the relationship.",
        ChangeForm, _changes(lifecycle.no_longer_expected),
    ),
    "cancel": Verb(
        "Cancel", "Cancel it and send for approval",
        "It will not happen. What a hedge of it demands shows at the relationship.", ChangeForm,
        _changes(lifecycle.cancel),
    ),
    "undo": Verb(
        "Undo the last change", "Undo it and send for approval",
        "A new version brings back the terms from before, from the day on which the change counted.", ChangeForm,
        _changes(undoing.undo),
    ),
}  # fmt: skip


def possible(story: list[dict]) -> list[str]:
    """The verbs that the state allows, the newest version of the story first."""
    newest = story[0]
    approved = [row for row in story if row["state"] == Decision.APPROVED]
    if newest["state"] == AWAITING:
        return ["amend"] if newest["status"] == ExposureStatus.OPEN and not newest["split_of_id"] else []
    if not approved:
        return []
    stands = approved[0]
    undo = ["undo"] if len(approved) > 1 or stands["split_of_id"] else []
    if stands["status"] == ExposureStatus.NO_LONGER_EXPECTED:
        return ["cancel", *undo]
    if stands["status"] != ExposureStatus.OPEN:
        return undo
    kind = stands["kind"]
    found = [
        ("confirm", kind in LADDER and kind not in RECOGNISED),
        ("amend", True),
        ("settle", True),
        ("split", kind in LADDER),
        ("lower", kind == ExposureKind.HIGHLY_PROBABLE_FORECAST),
        ("no-longer-expected", kind in NOT_FIRM),
        ("cancel", True),
    ]
    return [verb for verb, is_so in found if is_so] + undo


def actions(scope: Any, found: dict, story: list[dict]) -> list[dict]:
    """Links of the exposure's page, for who may write at its entity; none on a page of the past."""
    if scope.known_at or not scope.may_write_at(found["entity_id"]):
        return []
    return [
        {"href": scope.link(reverse("exposure-change", args=[found["id"], verb])), "words": VERBS[verb].title}
        for verb in possible(story)
    ]
