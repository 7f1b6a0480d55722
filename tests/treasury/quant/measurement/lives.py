"""Random lives of relationships, as the tests of measurement draw them."""

import numpy as np
from hypothesis import strategies as st

from treasury.quant.codes import Framework
from treasury.quant.measurement.life import HedgeKind, Path, Pattern

money = st.one_of(st.integers(-5, 5), st.integers(-(10**6), 10**6), st.integers(-(10**11), 10**11))
NEVER = 10**6
MATRICES = (
    "dates",
    "hedge",
    "item",
    "qualifying",
    "happening",
    "lost",
    "designated",
    "in_books",
    "hedged",
    "remeasured",
)


@st.composite
def lives(draw, **given):
    """One life: knots with strictly rising dates, items that leave, some of everything."""
    count = draw(st.integers(2, 7))
    gaps = draw(st.lists(st.integers(1, 40), min_size=count, max_size=count))
    one = {
        "kind": draw(st.sampled_from(["FAIR_VALUE", "CASH_FLOW", "NET_INVESTMENT"])),
        "framework": draw(st.sampled_from(["IFRS9", "IAS39", "ASC815"])),
        "pattern": draw(st.sampled_from([pattern.name for pattern in Pattern])),
        "keeps": draw(st.booleans()),
        "lag": draw(st.sampled_from([0, 0, 1, 30])),
        "dates": np.cumsum(gaps).tolist(),
    }
    for name in ("hedge", "item", "remeasured"):
        one[name] = [0, *draw(st.lists(money, min_size=count - 1, max_size=count - 1))]
    one["qualifying"] = draw(st.lists(st.booleans(), min_size=count, max_size=count))
    begun = draw(st.lists(st.integers(0, 1000), min_size=count, max_size=count))
    one["designated"] = (np.cumsum(begun) + 1).tolist()
    left, happening, lost = 0, [], []
    for knot in range(count):
        free = one["designated"][knot] - left
        happening.append(draw(st.one_of(st.just(0), st.integers(0, free), st.just(free))))
        lost.append(draw(st.one_of(st.just(0), st.integers(0, free - happening[-1]))))
        left += happening[-1] + lost[-1]
    one |= {"happening": happening, "lost": lost}
    units = st.lists(st.integers(0, 1000), min_size=count, max_size=count)
    one["in_books"], rest = draw(units), draw(units)
    one["hedged"] = [sum(pair) for pair in zip(one["in_books"], rest, strict=True)]
    one["ended_on"] = draw(st.one_of(st.just(NEVER), st.sampled_from(one["dates"])))
    one["items_end"] = draw(st.integers(1, 300))
    return one | given


def path_of(*every):
    """Lives of equal numbers of knots as the columns of a path."""
    rows = {name: np.array([one[name] for one in every]) for name in MATRICES}
    return Path(
        dates=rows["dates"],
        instrument_changes=rows["hedge"],
        hypothetical_changes=rows["item"],
        qualifying=rows["qualifying"],
        happening=rows["happening"],
        lost=rows["lost"],
        designated=rows["designated"],
        in_books=rows["in_books"],
        hedged=rows["hedged"],
        remeasured=rows["remeasured"],
        ended_on=np.array([one["ended_on"] for one in every]),
        items_end=np.array([one["items_end"] for one in every]),
        framework=np.array([int(Framework[one["framework"]]) for one in every]),
        hedge_kind=np.array([int(HedgeKind[one["kind"]]) for one in every]),
        pattern=np.array([int(Pattern[one["pattern"]]) for one in every]),
        keeps_basis=np.array([one["keeps"] for one in every]),
        lag_days=np.array([one["lag"] for one in every]),
    )


def with_a_knot_more(one, draw):
    """The same life looked at once more, at a day between two knots or on one, where nothing happens."""
    place = draw(st.integers(1, len(one["dates"]) - 1))
    before, after = one["dates"][place - 1], one["dates"][place]
    seen = {
        "dates": draw(st.integers(before, after)),
        "hedge": draw(money),
        "item": draw(money),
        "remeasured": draw(money),
        "qualifying": one["qualifying"][place],
        "happening": 0,
        "lost": 0,
        **{name: one[name][place - 1] for name in ("designated", "in_books", "hedged")},
    }
    return place, one | {name: [*one[name][:place], seen[name], *one[name][place:]] for name in MATRICES}
