"""Links of the contract: from the answer that says what was made to the address where that is read (OpenAPI 3.1, Link
Object)."""

from typing import Any, NamedTuple


class Made(NamedTuple):
    """What a request makes: its resource, where in the answer its key stands (RFC 6901), and in which answers that is
    so; none named: in all that say yes."""

    resource: str
    key: str = "/id"
    statuses: tuple[int, ...] = ()


def to_read(made: Made) -> dict[str, Any]:
    """The read of what `Location` names, its key out of the answer."""
    name = made.resource.replace("-", "_")
    return {
        f"{name}_read": {
            "operationId": f"{name}_read",
            "parameters": {"key": f"$response.body#{made.key}"},
            "description": "What was made, at its own address.",
        }
    }
