"""The typed client of docs/recipes.md is made from the contract, passes a type checker and reads a running server."""

from __future__ import annotations

import importlib
import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.factories import api, book
from treasury.api.documentation import contract
from treasury.launcher.paths import PROJECT

PAGE, SETTINGS = Path(PROJECT) / "docs" / "recipes.md", Path(PROJECT) / "docs" / "client.yaml"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the client and the page's example; nothing of the contract is left out of the client."""
    found = tmp_path_factory.mktemp("client")
    (found / "openapi.json").write_text(json.dumps(contract(), default=str))
    command = ["openapi_python_client", "generate", "--path", "openapi.json", "--config", str(SETTINGS)]
    said = run(found, *command, "--meta", "none", "--output-path", "hedgebook_client", "--fail-on-warning")
    assert "Warning" not in said
    example = re.search(r"```python typed\n(.*?)```", PAGE.read_text(), re.S)
    assert example is not None
    (found / "typed_example.py").write_text(example[1])
    return found


def run(folder: Path, *command: str) -> str:
    done = subprocess.run(
        [sys.executable, "-m", *command], cwd=folder, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-3000:]
    return done.stdout


def checked(folder: Path, file: str) -> str:
    """Strictly. What is made is taken at its word: its maker trips over fields that are called like their class."""
    options = ["--config-file=", "--strict", "--python-version", "3.11", "--cache-dir", str(folder / ".mypy")]
    return run(folder, "mypy", *options, "--follow-imports=silent", file)


def test_the_example_passes_a_type_checker_that_would_find_a_mistake(folder: Path) -> None:
    assert "Success" in checked(folder, "typed_example.py")
    wrong = (folder / "typed_example.py").read_text().replace("one.exposure_amount", "one.exposure_amuont")
    (folder / "wrong.py").write_text(wrong)
    with pytest.raises(AssertionError, match="exposure_amuont"):
        checked(folder, "wrong.py")


def test_the_example_reads_a_running_server(
    folder: Path, live_site: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.syspath_prepend(str(folder))
    monkeypatch.setenv("HEDGEBOOK_API", f"{live_site}/api/v1/")
    entity = book.entity()
    made = [book.exposure(of=entity) for _ in range(2)]
    monkeypatch.setenv("HEDGEBOOK_TOKEN", api.token_of(book.user("AUDITOR")))
    example: Any = importlib.import_module("typed_example")
    expected = {one.exposure.external_reference: f"{one.exposure_amount:.2f}" for one in made}
    assert example.open_sales("USDEUR") == expected
