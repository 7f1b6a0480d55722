"""What becomes of a file that comes in: received, checked, committed, decided on, taken back, by the domain's verbs."""

from exposures.domain.importing import checking, committing, deciding, receiving, undoing
from exposures.domain.importing.layout import Layout
from exposures.models import Import
from exposures.queries.import_decisions import digest_of_waiting
from treasury.demo.company.files import FileSpec
from treasury.demo.seeding.book import DemoBook
from treasury.enums import Decision


def receive(file: FileSpec, book: DemoBook, reason: str) -> None:
    receiving.receive(
        source_system=file.source,
        name=file.name,
        content=file.content,
        settings=Layout.of(file.settings).as_json(),
        actor=book.people["treasurer"],
    )


def check(file: FileSpec, book: DemoBook, reason: str) -> None:
    found = _import(file)
    checking.check(import_id=found.pk, actor=book.people["treasurer"], attempt=found.attempt)


def save_mapping(file: FileSpec, name: str, book: DemoBook, reason: str) -> None:
    """With the headings that the check has found, by which the next file is read."""
    layout = Layout.of(_import(file).settings)
    checking.save_mapping(source_system=file.source, name=name, layout=layout, actor=book.people["treasurer"])


def commit(file: FileSpec, book: DemoBook, reason: str) -> None:
    found = _import(file)
    committing.commit(
        import_id=found.pk, actor=book.people["treasurer"], attempt=found.attempt, reason=reason
    )


def undo(file: FileSpec, book: DemoBook, reason: str) -> None:
    undoing.undo(import_id=_import(file).pk, actor=book.people["treasurer"], reason=reason)


def approve_import(file: FileSpec, book: DemoBook, reason: str) -> None:
    """What waits of it: its commit, or its undoing."""
    found = _import(file)
    event = found.undo_event_id or found.commit_event_id
    assert event is not None
    deciding.decide(
        import_id=found.pk,
        event_id=event,
        digest=digest_of_waiting(event) or "",
        decision=Decision.APPROVED,
        actor=book.people["approver"],
        comment=reason,
    )


def _import(file: FileSpec) -> Import:
    return Import.objects.get(source_system=file.source, file_name=file.name)
