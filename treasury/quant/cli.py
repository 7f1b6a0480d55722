"""``calculate CODE [FILE]`` and ``calculate --list``: measures from the command line, without database or
broker.

Reads one JSON object, or an array of them, from FILE or standard input; prints one answer, or an array of
them. Exit status 0; 2 for bad input, with the field's name and what was expected on standard error and
nothing on standard output.
``--list`` prints a line a code: title, required inputs, then ``[optional=default]``; ``--list --json`` prints
the whole entries as an array.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from treasury.kernel import parsing
from treasury.kernel.errors import InputError
from treasury.quant import catalogue

USAGE = "usage: calculate CODE [FILE]\n       calculate --list [CODE] [--json]"
BAD_INPUT = 2


def main(argv: Sequence[str]) -> int:
    """Runs the command with the words after its name; returns the exit status."""
    words = list(argv)
    if words in (["-h"], ["--help"]):
        print(USAGE)
        return 0
    try:
        output = _listed(words[1:]) if words[:1] == ["--list"] else _calculated(words)
    except InputError as error:
        print(f"calculate: {error}", file=sys.stderr)
        return BAD_INPUT
    try:
        print(output, flush=True)
    except BrokenPipeError:
        sys.stderr.close()
    return 0


def _listed(words: list[str]) -> str:
    codes = [word for word in words if word != "--json"]
    found = [catalogue.measure(code) for code in codes] or list(catalogue.MEASURES.values())
    if "--json" in words:
        return json.dumps([entry.describe() for entry in found], indent=2, ensure_ascii=False)
    return "\n".join(_line(entry.describe()) for entry in found)


def _line(entry: dict[str, Any]) -> str:
    """Code, title, and the inputs: the required ones, then the others with what they are when not given."""
    inputs = sorted(entry["inputs"], key=lambda item: not item["required"])
    return f"{entry['code']}: {entry['title']}: {', '.join(_input(item) for item in inputs)}"


def _input(item: dict[str, Any]) -> str:
    if item["required"]:
        return str(item["name"])
    default = "" if item["default"] is None else f"={json.dumps(item['default'])}"
    return f"[{item['name']}{default}]"


def _calculated(words: list[str]) -> str:
    if not words or len(words) > 2 or words[0].startswith("-"):
        raise InputError("arguments", "CODE [FILE] or --list", got=" ".join(words) or "nothing")
    code = words[0]
    catalogue.measure(code)
    inputs = parsing.document(_source(words[1] if len(words) == 2 else "-"))
    return json.dumps(catalogue.calculate(code, inputs), indent=2, ensure_ascii=False, allow_nan=False)


def _source(name: str) -> bytes:
    if name == "-":
        return sys.stdin.buffer.read(parsing.MAX_BYTES + 1)
    try:
        with Path(name).open("rb") as file:
            return file.read(parsing.MAX_BYTES + 1)
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else "an impossible name"
        raise InputError("FILE", "a file that can be read", got=f"{name}: {reason}") from None


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
