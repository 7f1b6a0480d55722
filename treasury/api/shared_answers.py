"""Refusals and headers stand once in the contract: what is said alike of hundreds of addresses is a component that
these name."""

from typing import Any

from treasury.api.answer_headers import COMPONENTS
from treasury.api.examples import REFUSALS
from treasury.api.problems import MEDIA_TYPE

_COMPONENTS = "#/components/responses/"


def once(result: dict[str, Any], **told: Any) -> dict[str, Any]:
    """The contract with each refusal in `components/responses`, by the code of its problem; another stays in place."""
    shared = result["components"].setdefault("responses", {})
    for methods in result["paths"].values():
        for operation in methods.values():
            answers = operation["responses"]
            for status, answer in answers.items():
                if status in REFUSALS and list(answer.get("content", ())) == [MEDIA_TYPE]:
                    name = REFUSALS[status]["code"]
                    if shared.setdefault(name, answer) == answer:
                        answers[status] = {"$ref": _COMPONENTS + name}
    result["components"]["responses"] = dict(sorted(shared.items()))
    result["components"]["headers"] = dict(sorted(COMPONENTS.items()))
    return result
