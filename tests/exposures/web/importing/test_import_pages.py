"""The way of a file through the pages: uploaded, described, checked, mended, committed, approved, undone."""

import re
from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from exposures.models import Exposure, ExposureVersion, ExposureVersionApproval, Import, ImportMapping
from tests.factories import book, importing
from tests.factories.importing import csv, row
from tests.factories.web import signed_in

pytestmark = pytest.mark.django_db

LAYOUT = {
    "encoding": "utf-8", "separator": ",", "header_row": "1", "decimal": ".", "thousands": "", "dates": "ISO",
    "sign": "AS_IS", "certainty": "FRACTION", "valid_from": "2026-01-01",
}  # fmt: skip
COLUMNS = {f"column_{name}": str(at) for name, at in importing.COLUMNS.items()}


@pytest.fixture
def entity() -> Any:
    book.risk()
    return book.entity()


def upload(client: Client, content: bytes, *, source: str = "ERP", name: str = "book.csv") -> Any:
    file = SimpleUploadedFile(name, content)
    return client.post(reverse("import-new"), {"source_system": source, "file": file}, follow=True)


def at(made: Import) -> dict[str, str]:
    made.refresh_from_db()
    return {"attempt": str(made.attempt)}


def checked(client: Client, content: bytes, **columns: str) -> Import:
    assert upload(client, content).status_code == 200
    made = Import.objects.order_by("-id")[0]
    answer = client.post(reverse("import-layout", args=[made.pk]), LAYOUT | at(made))
    assert (answer.status_code, answer["Location"]) == (302, reverse("import-columns", args=[made.pk]))
    answer = client.post(reverse("import-columns", args=[made.pk]), COLUMNS | columns | at(made))
    assert (answer.status_code, answer["Location"]) == (302, reverse("import", args=[made.pk])), (
        answer.content
    )
    made.refresh_from_db()
    return made


def text(client: Client, made: Import) -> str:
    return client.get(reverse("import", args=[made.pk])).content.decode()


def test_the_whole_way_and_back(entity: Any) -> None:
    author, approver = book.user("TREASURER"), book.user("APPROVER")
    client, other = signed_in(user=author), signed_in(user=approver)
    made = checked(client, csv(row("A", entity, "x"), row("B", entity)))
    page = text(client, made)
    assert "1 cell is wrong" in page
    assert "Not a number" in page
    assert "Send" not in page
    client.post(reverse("import-cells", args=[made.pk]), at(made) | {"cell_2_5": "1000"})
    page = text(client, made)
    assert "Send 2 versions for approval" in page
    answer = client.post(
        reverse("import-commit", args=[made.pk]), at(made) | {"reason": "month"}, follow=True
    )
    assert "2 versions are recorded" in answer.content.decode()
    assert "another person decides" in answer.content.decode()
    waiting = other.get(reverse("approvals")).content.decode()
    assert "2 versions of exposures" in waiting
    assert "New: forecast" not in waiting
    page = text(other, made)
    told = dict(re.findall(r'name="(event|digest)" value="([^"]+)"', page))
    answer = other.post(
        reverse("import-decide", args=[made.pk]), told | {"decision": "APPROVED"}, follow=True
    )
    assert "2 versions are approved" in answer.content.decode()
    assert ExposureVersionApproval.objects.count() == 2
    answer = client.post(reverse("import-undo", args=[made.pk]), {"reason": "wrong file"}, follow=True)
    assert "2 versions take the import back" in answer.content.decode()
    assert set(ExposureVersion.objects.filter(version_number=2).values_list("status", flat=True)) == {
        "CANCELLED"
    }


def test_nothing_is_preselected_without_a_saved_mapping_and_all_of_it_with_one(entity: Any) -> None:
    client = signed_in()
    upload(client, csv(row("A", entity)))
    made = Import.objects.get()
    page = client.get(reverse("import-layout", args=[made.pk])).content.decode()
    assert '<option value="" selected>Choose' in page
    assert not re.search(r'<option value="(utf-8|,|;|ISO|DMY|AS_IS|\.)" selected', page)
    answer = client.post(reverse("import-layout", args=[made.pk]), at(made) | {"header_row": "1"})
    assert answer.status_code == 422
    made = checked(client, csv(row("B", entity)), save_as="Monthly")
    mapping = ImportMapping.objects.get()
    assert (mapping.name, mapping.version_number, mapping.settings["valid_from"]) == ("Monthly", 1, "")
    swapped = [[*reversed(importing.HEADER)], [*reversed(row("C", entity))]]
    upload(client, "".join(",".join(cells) + "\n" for cells in swapped).encode())
    third = Import.objects.order_by("-id")[0]
    page = client.get(reverse("import-layout", args=[third.pk])).content.decode()
    assert "Filled from the mapping “Monthly”, version 1, saved by" in page
    assert '<option value="ISO" selected' in page
    client.post(reverse("import-layout", args=[third.pk]), LAYOUT | at(third))
    third.refresh_from_db()
    assert third.settings["columns"] == {name: 7 - at for name, at in importing.COLUMNS.items()}


def test_a_pasted_block_of_cells_does_the_same(entity: Any) -> None:
    client = signed_in()
    block = csv(row("A", entity), row("B", entity)).decode().replace(",", "\t")
    client.post(reverse("import-new"), {"source_system": "ERP", "block": block})
    made = Import.objects.get()
    client.post(reverse("import-layout", args=[made.pk]), LAYOUT | at(made) | {"separator": "tab"})
    client.post(reverse("import-columns", args=[made.pk]), COLUMNS | at(made))
    made.refresh_from_db()
    assert (made.row_count, made.problem_count, made.file_name) == (2, 0, "pasted cells")


def test_the_same_file_again_leads_to_the_import_that_has_it(entity: Any) -> None:
    client, content = signed_in(), csv(row("A", entity))
    made = checked(client, content)
    client.post(reverse("import-commit", args=[made.pk]), at(made))
    answer = upload(client, content)
    assert answer.redirect_chain[-1][0] == reverse("import", args=[made.pk])
    assert "Nothing was added. This is it." in answer.content.decode()
    again = client.post(reverse("import-commit", args=[made.pk]), at(made), follow=True)
    assert "changed this import meanwhile" in again.content.decode()
    assert Exposure.objects.count() == 1


def test_a_mended_file_in_the_same_import(entity: Any) -> None:
    client = signed_in()
    made = checked(client, csv(row("A", entity, "x")))
    mended = SimpleUploadedFile("mended.csv", csv(row("A", entity, "1")))
    answer = client.post(reverse("import-mended", args=[made.pk]), at(made) | {"file": mended}, follow=True)
    assert "mended.csv has taken the place" in answer.content.decode()
    assert "Send 1 version for approval" in text(client, made)


def test_the_errors_as_csv_are_inert(entity: Any) -> None:
    client = signed_in()
    made = checked(client, csv(row("A", entity, "=1+1"), row("B", entity, "@x")))
    answer = client.get(reverse("import", args=[made.pk]), {"format": "csv"})
    lines = b"".join(answer.streaming_content).decode().splitlines()
    assert answer["Content-Type"].startswith("text/csv")
    assert [line.split(",")[4] for line in lines[1:]] == ["'=1+1", "'@x"]
    assert lines[1].split(",")[:4] == ["2", "5", "Amount", "Not a number"]


def test_the_file_comes_back_as_it_came_and_runs_nowhere(entity: Any) -> None:
    client, content = signed_in(), csv(row("<script>", entity))
    made = checked(client, content)
    answer = client.get(reverse("import-file", args=[made.pk, made.files.get().pk]))
    assert answer.content == content
    assert (answer["Content-Type"], answer["X-Content-Type-Options"]) == (
        "application/octet-stream",
        "nosniff",
    )
    assert answer["Content-Disposition"].startswith("attachment")
    assert "<script>" not in text(client, made).split("<main", 1)[1]


def test_another_entitys_import_is_as_if_it_did_not_exist(entity: Any) -> None:
    made = checked(signed_in(), csv(row("A", entity)))
    foreign = signed_in(entity=book.entity())
    for name in ("import", "import-layout", "import-columns"):
        assert foreign.get(reverse(name, args=[made.pk])).status_code == 404
    for name in ("import-cells", "import-mended", "import-check", "import-commit", "import-discard",
                 "import-stop", "import-undo", "import-decide"):  # fmt: skip
        assert foreign.post(reverse(name, args=[made.pk]), at(made)).status_code == 404
    assert foreign.get(reverse("import-file", args=[made.pk, made.files.get().pk])).status_code == 404
    assert "book.csv" not in foreign.get(reverse("imports")).content.decode()


def test_an_auditor_reads_and_changes_nothing(entity: Any) -> None:
    made = checked(signed_in(), csv(row("A", entity)))
    auditor = signed_in("AUDITOR")
    page = text(auditor, made)
    assert "Import 1" in page or f"Import {made.pk}" in page
    assert "<button>Discard" not in page
    assert "Import exposures" not in auditor.get(reverse("imports")).content.decode()
    assert auditor.get(reverse("import-new")).status_code == 403
    for name in ("import-commit", "import-check", "import-discard", "import-undo", "import-decide"):
        assert auditor.post(reverse(name, args=[made.pk]), at(made)).status_code == 403


def test_the_effect_on_hedge_relationships_is_named_by_code() -> None:
    book.rule_pack()
    of = book.entity()
    names = ["low", "moved", "same"]
    codes = {}
    for name in names:
        item = book.exposure(1_000_000, of=of, kind="HIGHLY_PROBABLE_FORECAST")
        hedge = book.forward(-600_000, of=of)
        version = book.relationship(
            of=of, items=[(item, 600_000)], instruments=[(hedge, -600_000)], hedge_end_date=date(2027, 4, 30)
        )
        codes[name] = version.relationship.code
        names[names.index(name)] = item.exposure.external_reference
    low, moved, same = names
    kind = {"kind": "HIGHLY_PROBABLE_FORECAST"}
    rows = [
        row(low, of, "500000", **kind),
        row(moved, of, expected="2027-05-31", **kind),
        row(same, of, "700000", **kind),
    ]
    client = signed_in()
    assert upload(client, csv(*rows), source="TEST").status_code == 200
    made = Import.objects.get()
    client.post(reverse("import-layout", args=[made.pk]), LAYOUT | at(made))
    client.post(reverse("import-columns", args=[made.pk]), COLUMNS | at(made))
    page = text(client, made).split("Hedge relationships</h2>")[1].split("Changed exposures</h2>")[0]
    assert codes["low"] in page and "The amount falls below what is designated" in page
    assert codes["moved"] in page and "The expected date moves" in page
    assert codes["same"] not in page


def test_totals_before_and_after(entity: Any) -> None:
    client = signed_in()
    book.exposure(400, of=entity)
    made = checked(client, csv(row("A", entity, "100.5"), row("B", entity, "-20")))
    cells = re.findall(r'<td class="num">([^<]*)</td>', text(client, made).split("What it changes</h2>")[1])
    assert cells[:3] == ["400.00", "80.50", "480.50"]


@pytest.mark.parametrize("name", ["import", "imports", "import-columns", "approvals"])
def test_pages_read_the_same_number_of_times_however_many_rows(entity: Any, name: str) -> None:
    counted = []
    client = signed_in()
    for size in (1, 3):
        content = csv(*(row(f"R{size}{n}", entity, "x" if name == "import" else "5") for n in range(size)))
        made = checked(client, content)
        if name == "approvals":
            client.post(reverse("import-commit", args=[made.pk]), at(made))
        with CaptureQueriesContext(
            connection,
        ) as queries:
            client.get(reverse(name, args=[made.pk] if name in ("import", "import-columns") else []))
        counted.append(len(queries))
    assert counted[0] == counted[1]
    assert counted[0] <= 26
