"""The documentation says what is so."""

import re
from pathlib import Path

from treasury.quant.documentation import numbers_page
from treasury.queries.measured import paths_by_measure

ROOT = Path(__file__).parents[2]
PAGES = [
    ROOT / "README.md",
    ROOT / "CONTRIBUTING.md",
    ROOT / "CHANGELOG.md",
    *sorted((ROOT / "docs").rglob("*.md")),
]


def test_the_numbers_page_is_what_the_catalogue_says():
    assert (ROOT / "docs/numbers.md").read_text(encoding="utf-8") == numbers_page(paths_by_measure())


def test_every_link_of_a_page_leads_somewhere():
    broken = [
        f"{page.relative_to(ROOT)}: {target}"
        for page in PAGES
        for target in re.findall(r"\]\(([^)#]+)", page.read_text(encoding="utf-8"))
        if not target.startswith(("http://", "https://", "mailto:")) and not (page.parent / target).exists()
    ]
    assert not broken
