"""What a run was computed with: the program's version and digest, and the libraries whose digits it depends on."""

import platform
from functools import cache
from hashlib import sha256
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]
#: Where the numbers come from: a change in any of these files is another program.
_NUMBERS = (
    "treasury/kernel",
    "treasury/quant",
    "treasury/queries",
    "treasury/nightly",
    "exposures/queries",
    "hedges/queries",
    "hedges/domain",
)


@cache
def code_version() -> str:
    """The version with the digest of every file that has a part in the numbers."""
    state = sha256()
    for folder in _NUMBERS:
        for path in sorted((PROJECT / folder).rglob("*.py")):
            state.update(str(path.relative_to(PROJECT)).encode())
            state.update(path.read_bytes())
    return f"{_version()}+{state.hexdigest()[:16]}"


@cache
def library_versions() -> dict[str, str]:
    """Python and the libraries under the formulas."""
    return {"python": platform.python_version()} | {
        name: version(name) for name in ("numpy", "scipy", "quantlib", "psycopg", "django")
    }


def _version() -> str:
    try:
        return version("hedgebook")
    except PackageNotFoundError:
        line = next(
            line
            for line in (PROJECT / "pyproject.toml").read_text().splitlines()
            if line.startswith("version")
        )
        return line.split('"')[1]
