"""The port that a command is asked to serve on, checked before anything is started."""

from treasury.launcher.errors import LaunchError

HIGHEST = 65_535


def port(text: str) -> int:
    """A port to listen on; a ValueError says what was expected."""
    if not (text.isascii() and text.isdigit() and len(text) <= 9 and 1 <= int(text) <= HIGHEST):
        raise ValueError(f"expected a whole number from 1 to {HIGHEST}, got {text[:40]!r}")
    return int(text)


def check(arguments: list[str]) -> None:
    """Refuses a wrong `--port` among the words of a command; what else is wrong with them its own parser says."""
    for place, word in enumerate(arguments):
        name, is_joined, value = word.partition("=")
        if name != "--port":
            continue
        if not is_joined:
            value = arguments[place + 1] if place + 1 < len(arguments) else ""
        if not value:
            continue
        try:
            port(value)
        except ValueError as problem:
            raise LaunchError(f"--port: {problem}. Nothing was started.") from None
