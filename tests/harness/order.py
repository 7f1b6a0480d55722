"""Which process gets which tests: whole files, the slow ones first, so that the last file to end is a quick one.

pytest-xdist would begin with the files that have the most tests; a file of ten slow ones then comes last, and the other
process has nothing to do meanwhile.
"""

from collections import Counter
from collections.abc import Sequence

import pytest
from xdist.scheduler import LoadFileScheduling

#: Folders and files whose tests take long each, the longest first; the rest goes by the number of its tests.
SLOW = (
    "tests/treasury/demo/",
    "tests/workflow/",
    "tests/e2e/",
    "tests/treasury/launcher/",
    "tests/treasury/quant/test_every_code_is_quick.py",
    "tests/treasury/api/test_every_route.py",
    "tests/hedges/api/workflow/",
    "tests/treasury/nightly/",
)
#: Files that share something expensive go to one process together: the demo company is made once.
TOGETHER = ("tests/treasury/demo/",)


class SlowFirst(LoadFileScheduling):
    """In the order of the collection, which `slow_first` has given."""

    def __init__(self, config: pytest.Config, log: object = None) -> None:
        config.option.loadscopereorder = False
        super().__init__(config, log)

    def _split_scope(self, nodeid: str) -> str:
        return scope(nodeid)


def scope(nodeid: str) -> str:
    """What goes to one process together: a file, or a folder of `TOGETHER`."""
    return next((folder for folder in TOGETHER if nodeid.startswith(folder)), nodeid.split("::", 1)[0])


def slow_first(nodeids: Sequence[str]) -> list[int]:
    """The places of the tests in their order; those of one file stay as they are."""
    files = [nodeid.split("::", 1)[0] for nodeid in nodeids]
    counts = Counter(files)

    def rank(file: str) -> tuple[int, int, str]:
        slow = next((place for place, name in enumerate(SLOW) if file.startswith(name)), len(SLOW))
        return slow, -counts[file], file

    return sorted(range(len(nodeids)), key=lambda place: rank(files[place]))
