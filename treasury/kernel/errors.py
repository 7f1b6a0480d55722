"""Errors that name what was wrong and what was expected, so that a person can put it right."""

from __future__ import annotations


class HedgebookError(Exception):
    """Any refusal that the book explains to a person."""


class InputError(HedgebookError, ValueError):
    """An input that was refused.

    ``field`` is the path of the field (``buckets[1].inflow_amount``), ``expected`` what it should have been,
    ``index`` the position in an array of inputs (None for a single one), ``got`` what was there, shortened.
    """

    def __init__(self, field: str, expected: str, index: int | None = None, got: str | None = None) -> None:
        self.field = field
        self.expected = expected
        self.index = index
        self.got = got
        super().__init__(self.message)

    @property
    def message(self) -> str:
        """The sentence shown to the caller."""
        where = "" if self.index is None else f"item {self.index}: "
        got = "" if self.got is None else f", got {self.got}"
        return f"{where}{self.field}: expected {self.expected}{got}"

    def at(self, index: int) -> InputError:
        """The same error, placed at ``index`` of an array of inputs."""
        return InputError(self.field, self.expected, index, self.got)

    def __str__(self) -> str:
        return self.message


def shown(value: object, limit: int = 40) -> str:
    """A short, printable picture of a value for an error message; never fails and never floods."""
    kind = type(value).__name__
    if isinstance(value, (dict, list, tuple)):
        return f"{'an object' if isinstance(value, dict) else 'an array'} of {len(value)}"
    if isinstance(value, int) and not isinstance(value, bool) and value.bit_length() > 200:
        return "an integer of more than 60 digits"
    text = ascii(value) if isinstance(value, str) else str(value)
    if isinstance(value, str):
        text = '"' + text[1:-1] + '"'
    elif value is None or isinstance(value, bool):
        text = {None: "null", True: "true", False: "false"}[value]
    elif not text:
        text = kind
    return text if len(text) <= limit else text[: limit - 1] + "…"
