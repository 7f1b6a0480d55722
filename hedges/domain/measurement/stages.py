"""Where relationships stand on the date, by their layers and what is left of their reserves."""

import numpy as np

from hedges.domain.measurement.frame import Frame
from hedges.domain.measurement.knots import last_day
from hedges.enums import LifeStage
from treasury.quant.numbers import Bool, Int
from treasury.queries.copy import Columns

#: A date after all others.
NEVER = int(np.iinfo(np.int32).max)


def ends(frame: Frame, instruments: Columns, as_of: int) -> tuple[Bool, Int]:
    """Whether hedge accounting is in force on the date, and the day it ended; `NEVER` where it has not."""
    own, count = frame.relationship(instruments), frame.found["relationship_id"].size
    in_force = np.zeros(count, dtype=bool)
    np.logical_or.at(in_force, own, as_of < instruments["period_to"])
    ended = frame.found["begun_on"].copy()
    np.maximum.at(ended, own, last_day(instruments))
    return in_force, np.where(in_force, NEVER, ended)


def stages(frame: Frame, instruments: Columns, in_force: Bool, waits: Bool) -> list[str]:
    """`waits`: relationships with something left in equity or on the item."""
    own = frame.relationship(instruments)
    stopped = frame.found["is_discontinued"].copy()
    by_itself = np.zeros_like(stopped)
    np.logical_or.at(by_itself, own, instruments["period_to"] >= instruments["planned_to"])
    words = np.select(
        [in_force, waits, stopped | ~by_itself],
        [LifeStage.ACTIVE.value, LifeStage.WAITING.value, LifeStage.DISCONTINUED.value],
        LifeStage.MATURED.value,
    )
    return [str(word) for word in words.tolist()]
