"""What would flip a status, against trying it: the criterion's own status is turned and the whole is judged again."""

from itertools import product

import pytest

from treasury.quant.effectiveness.flips import flips

E, N, OPEN = "EFFECTIVE", "NOT_EFFECTIVE", "INCONCLUSIVE"


def judged(statuses):
    return N if N in statuses else OPEN if OPEN in statuses else E


def criterion(name, status, *, deciding=True, value=0.95, lower=0.8, upper=1.25):
    return {
        "criterion": name,
        "effectiveness_status": status,
        "is_deciding": deciding,
        "value": value,
        "lower_limit": lower,
        "upper_limit": upper,
        "margin": None,
    }


@pytest.mark.parametrize("statuses", list(product((E, N, OPEN), repeat=3)))
def test_the_status_then_is_that_of_trying_it(statuses):
    rows = [criterion(name, status) for name, status in zip("abc", statuses, strict=True)]
    found = flips(judged(statuses), rows)
    for place, row in enumerate(found):
        turned = [*statuses]
        turned[place] = N if statuses[place] == E else E
        assert row["status_then"] == judged(turned)


@pytest.mark.parametrize(
    ("value", "lower", "upper", "flips_at"),
    [(0.95, 0.8, 1.25, 0.8), (1.2, 0.8, 1.25, 1.25), (0.5, 0.8, 1.25, 0.8), (0.3, None, 0.5, 0.5),
     (0.9, 0.8, None, 0.8), (None, 0.8, 1.25, None), (0.9, None, None, None)],
)  # fmt: skip
def test_it_flips_at_the_nearer_limit(value, lower, upper, flips_at):
    (found,) = flips(E, [criterion("a", E, value=value, lower=lower, upper=upper)])
    assert found["flips_at"] == flips_at


def test_what_decides_nothing_flips_nothing_and_too_few_points_leave_it_open():
    rows = [criterion("a", E), criterion("shadow", N, deciding=False), criterion("observation_count", E)]
    assert [row["status_then"] for row in flips(E, rows)] == [N, E, OPEN]
    assert [row["status_then"] for row in flips("NOT_TESTED", rows)] == ["NOT_TESTED"] * 3
