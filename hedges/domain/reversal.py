"""Takes a journal entry back by two persons: proposed with a day and a reason, posted when another person agrees.

The reversal has the lines of its entry with the sides changed; the next close posts what is then missing. Nothing is
changed or deleted.
"""

from datetime import date
from typing import Any

from hedges.domain import accounting_periods
from hedges.domain.entitled import decides, prepares
from hedges.models import (
    JournalEntry,
    JournalLine,
    JournalReversalVersion,
    JournalReversalVersionApproval,
)
from treasury.domain import approval, audit
from treasury.domain.refusals import Refusal, as_refusal
from treasury.domain.versions import as_recorded
from treasury.enums import Decision


def propose(
    *, entry: JournalEntry, actor: Any, reason: str, entry_date: date | None = None
) -> JournalReversalVersion:
    """Proposes to take an entry back; nothing is posted before another person agrees.

    `entry_date` lies in the open period; without it today, or the period's last day where that is past. Raises
    Refusal: no reason, an entry that is taken back already or takes back another, a proposal that waits, a date outside
    the open period.
    """
    prepares(actor, entry.entity_id, "takes an entry back")
    if not reason.strip():
        raise Refusal("A reversal needs a reason: say why the entry is taken back. Nothing was posted.")
    _must_stand(entry)
    month = accounting_periods.open_month(entry.entity)
    day = entry_date or _dated(entry, month)
    if day.replace(day=1) != month:
        raise Refusal(
            f"{day} does not lie in {entry.entity.code}'s open period, {month:%Y-%m}: what is closed takes no more"
            " entries. Give a date in that period. Nothing was posted."
        )
    with (
        as_refusal(),
        audit.action("hedges.journalentry.reversal_proposed", actor=actor, subject=entry, reason=reason),
    ):
        version = JournalReversalVersion.objects.create(entry=entry, valid_from=day, change_reason=reason)
        return as_recorded([version])[0]


def approve(
    *, version: JournalReversalVersion, actor: Any, comment: str = "", digest: str | None = None
) -> JournalEntry:
    """A second person's yes: posts the reversal on the day that was proposed.

    Raises Refusal: no role at the entity, the person who proposed it, another digest than the one seen, decided
    already, a period that is closed by now.
    """
    entry = version.entry
    decides(actor, entry.entity_id, "decides on its reversals")
    with (
        as_refusal(),
        audit.action(
            "hedges.journalentry.reversed", actor=actor, subject=entry, reason=version.change_reason
        ),
    ):
        period = accounting_periods.open_period(entity=entry.entity)
        if version.valid_from.replace(day=1) != period.period_start:
            raise Refusal(
                f"{version.valid_from} does not lie in {entry.entity.code}'s open period, {period.period_start:%Y-%m},"
                " any more. Reject the proposal and make another one. Nothing was posted."
            )
        JournalReversalVersionApproval.objects.create(
            version=version,
            decision=Decision.APPROVED,
            content_digest=version.content_digest if digest is None else digest,
            comment=comment,
        )
        return _posted(entry, version, period.pk)


def reject(
    *, version: JournalReversalVersion, actor: Any, comment: str = "", digest: str | None = None
) -> None:
    """A second person's no; the entry stands, and another reversal can be proposed."""
    decides(actor, version.entry.entity_id, "decides on its reversals")
    approval.decide(
        versions=[version],
        approvals=JournalReversalVersionApproval,
        actor=actor,
        decision=Decision.REJECTED,
        comment=comment,
        digests=None if digest is None else [digest],
    )


def _must_stand(entry: JournalEntry) -> None:
    """The trigger holds the same, also against two at once."""
    if entry.reversal_of_id is not None:
        raise Refusal(
            f"Entry {entry.number} takes another one back, and a reversal is not taken back: the next close posts what"
            " is missing. Nothing was posted."
        )
    if JournalEntry.objects.filter(reversal_of=entry).exists():
        raise Refusal("This entry is taken back already.")


def _posted(entry: JournalEntry, version: JournalReversalVersion, period_id: int) -> JournalEntry:
    reversal = JournalEntry.objects.create(
        entity_id=entry.entity_id,
        period_id=period_id,
        entry_date=version.valid_from,
        framework=entry.framework,
        currency_id=entry.currency_id,
        relationship_id=entry.relationship_id,
        rule=entry.rule,
        paragraph=entry.paragraph,
        description=f"Reversal of entry {entry.number}: {version.change_reason}"[:200],
        reversal_of=entry,
        number=0,
    )
    JournalLine.objects.bulk_create(
        JournalLine(
            entry=reversal,
            line_number=line.line_number,
            account_role=line.account_role,
            account_code=line.account_code,
            account_name=line.account_name,
            debit_amount=line.credit_amount,
            credit_amount=line.debit_amount,
        )
        for line in entry.lines.order_by("line_number")
    )
    reversal.refresh_from_db()
    return reversal


def _dated(entry: JournalEntry, month: date) -> date:
    last = accounting_periods.last_day(month)
    return min(max(accounting_periods.today(entry.entity), month), last)
