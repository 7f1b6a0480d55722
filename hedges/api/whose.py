"""The entity that a body names: not there to see is not there, and without the role at it nothing is done."""

from collections.abc import Mapping, Sequence
from uuid import UUID, uuid4

from django.http import Http404
from rest_framework.response import Response

from treasury.api.problems import problem
from treasury.api.writing import Action
from treasury.kernel.errors import InputError, shown
from treasury.models import Entity, Risk
from treasury.queries import access, reference


def entity_named(action: Action, code: str) -> Entity:
    """Raises Http404, or PermissionDenied without one of the action's roles at it."""
    found = access.visible_entities(action.request.user).filter(code=code).first()
    if found is None:
        raise Http404
    action.may_at(found.pk)
    return found


def risk_named(code: str) -> Risk:
    found = reference.risks().filter(code=code).first()
    if found is None:
        raise InputError("risk", "the code of a risk", got=shown(code))
    return found


def uuid_of(text: str | None, field: str = "key") -> UUID:
    """The key of a sending; without one it is a sending of its own."""
    if text is None:
        return uuid4()
    try:
        return UUID(text)
    except ValueError:
        raise InputError(field, "a UUID", got=shown(text)) from None


def refused_fields(errors: Mapping[str, str], fields: Sequence[str]) -> Response:
    """400 with every field that was not understood; `errors`: what was expected of each, in words."""
    places = {name: place for place, name in enumerate(fields)}
    rows = [
        {"field": name, "code": "invalid_input", "expected": said, "got": None, "index": None}
        for name, said in sorted(errors.items(), key=lambda one: places.get(one[0], len(places)))
    ]
    return problem(
        400, "invalid_input", "; ".join(f"{one['field']}: {one['expected']}" for one in rows), errors=rows
    )
