"""A hedging programme in one word, as it stands in an address: `layers-80x6-50x12-20x18-forward`.

Kinds: `none`; `static-60` (60 % of everything, once); `rolling-60x12` (60 % of what is due within 12 months, month by
month); `layers-…` (ratio x months, rising months); `target` (the target of policy at each number of months ahead). Last
the instrument: `forward`, `option` (bought at the forward) or `collar` (bought 5 % worse than the forward, at
no cost). Ratios are per cent here only.
Reference: FAQ §4 and §8, rules section 2.
"""

from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

import numpy as np

from hedges.domain.strategy.months import LAST, MonthBook
from treasury.kernel.money import plain
from treasury.quant.strategy.layering import LadderColumns, Layer, layering_ladder

NONE, STATIC, ROLLING, LAYERS, TARGET = "none", "static", "rolling", "layers", "target"
KINDS = (STATIC, ROLLING, LAYERS, TARGET, NONE)
FORWARD, OPTION, COLLAR = "forward", "option", "collar"
INSTRUMENTS = (FORWARD, OPTION, COLLAR)
MOST_RATIO, MOST_LAYERS = Decimal("1.5"), 6


class NotAPlan(ValueError):
    """What is wrong with the words of a programme, and what is expected."""


@dataclass(frozen=True, slots=True)
class Plan:
    """`layers`: (months, ratio); for `static` one without an end, for `target` and `none` none."""

    kind: str
    layers: tuple[tuple[int, Decimal], ...] = ()
    instrument: str = FORWARD

    @property
    def rolls(self) -> bool:
        return self.kind in (ROLLING, LAYERS, TARGET)

    @property
    def word(self) -> str:
        """What `parse` reads back."""
        if self.kind == NONE:
            return NONE
        sizes = [
            _percent(share) + ("" if self.kind == STATIC else f"x{months}") for months, share in self.layers
        ]
        return "-".join([self.kind, *sizes, self.instrument])

    @property
    def name(self) -> str:
        by = {FORWARD: "forwards", OPTION: "bought options", COLLAR: "collars"}[self.instrument]
        sizes = "/".join(_percent(share) for _, share in self.layers)
        months = "/".join(str(months) for months, _ in self.layers)
        return {
            NONE: "No hedge added",
            STATIC: f"{sizes} % of everything now, {by}",
            ROLLING: f"{sizes} % of the next {months} months, rolling, {by}",
            LAYERS: f"{sizes} % up to {months} months, {by}",
            TARGET: f"The target of policy, rolling, {by}",
        }[self.kind]

    def of(self, book: MonthBook, steps: int) -> LadderColumns:
        """The ladder of this plan on a book."""
        return layering_ladder(book.exposure, book.hedge, self._layers(book), steps, rolls=self.rolls)

    def _layers(self, book: MonthBook) -> list[Layer]:
        if self.kind == TARGET:
            # A layer a month: a ratio of 0 asks for nothing, like no band.
            shares = np.nan_to_num(book.target, nan=0.0).tolist() or [0.0]
            return [(month + 1, share) for month, share in enumerate(shares)]
        return [(months, float(share)) for months, share in self.layers] or [(LAST + 1, 0.0)]


def parse(word: str) -> Plan:
    """Raises `NotAPlan` with what is expected."""
    kind, *rest = word.split("-")
    instrument = FORWARD
    if rest and rest[-1] in INSTRUMENTS:
        instrument = rest.pop()
    match kind:
        case "none" | "target" if not rest:
            return Plan(kind, (), instrument if kind == TARGET else FORWARD)
        case "static" if len(rest) == 1:
            return Plan(kind, ((LAST + 1, _share(rest[0])),), instrument)
        case "rolling" if len(rest) == 1:
            return Plan(kind, (_layer(rest[0]),), instrument)
        case "layers" if 1 <= len(rest) <= MOST_LAYERS:
            layers = tuple(_layer(text) for text in rest)
            months = [one for one, _ in layers]
            if months != sorted(set(months)):
                raise NotAPlan("the months of layers rise, as in 80x6-50x12-20x18")
            return Plan(kind, layers, instrument)
    raise NotAPlan(
        "expected static-60, rolling-60x12, layers-80x6-50x12-20x18, target or none,"
        " and then forward, option or collar"
    )


def _layer(text: str) -> tuple[int, Decimal]:
    share, times, months = text.partition("x")
    if (
        not times
        or not months.isascii()
        or not months.isdecimal()
        or len(months) > 4
        or not 1 <= int(months) <= LAST
    ):
        raise NotAPlan(
            f"“{text[:20]}” is no layer: write the ratio in per cent, x, and 1 to {LAST} months, as in 80x6"
        )
    return int(months), _share(share)


def _share(text: str) -> Decimal:
    try:
        share = Decimal(text).scaleb(-2) if text.isascii() and len(text) <= 12 else Decimal("NaN")
    except InvalidOperation:
        share = Decimal("NaN")
    if not share.is_finite() or not 0 <= share <= MOST_RATIO:
        raise NotAPlan(
            f"“{text[:20]}” is no ratio: write per cent from 0 to {_percent(MOST_RATIO)}, as in 80"
        )
    return share


def _percent(share: Decimal) -> str:
    return plain((share * 100).normalize())
