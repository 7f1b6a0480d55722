"""Addresses of trades under /api/v1/: recorded, amended, decided on, and what happens to them."""

from hedges.api import margin, trade_life, trades
from hedges.api.instrument_versions import (
    ApproveInstrumentVersion,
    DecidedInstrumentVersions,
    RejectInstrumentVersion,
)
from treasury.api.routes import action, resource

urlpatterns = [
    action("instruments/record", trades.RecordInstrument),
    action("instruments/record/preview", trades.PreviewInstrument),
    action("instruments/<key:key>/amend", trades.AmendInstrument),
    action("instruments/<key:key>/amend/preview", trades.PreviewAmendment),
    *resource("instrument-versions", DecidedInstrumentVersions),
    action("instrument-versions/<key:key>/approve", ApproveInstrumentVersion),
    action("instrument-versions/<key:key>/reject", RejectInstrumentVersion),
    action("instruments/<key:key>/settle-part", trade_life.SettlePart),
    action("instruments/<key:key>/settle-part/preview", trade_life.PreviewSettlePart),
    action("instruments/<key:key>/unwind", trade_life.Unwind),
    action("instruments/<key:key>/unwind/preview", trade_life.PreviewUnwind),
    action("instruments/<key:key>/roll", trade_life.Roll),
    action("instruments/<key:key>/roll/preview", trade_life.PreviewRoll),
    action("instruments/<key:key>/novate", trade_life.Novate),
    action("instruments/<key:key>/novate/preview", trade_life.PreviewNovate),
    action("instruments/<key:key>/exercise", trade_life.Exercise),
    action("instruments/<key:key>/exercise/preview", trade_life.PreviewExercise),
    action("instruments/<key:key>/lapse", trade_life.Lapse),
    action("instruments/<key:key>/lapse/preview", trade_life.PreviewLapse),
    action("instruments/<key:key>/fix", trade_life.Fix),
    action("instruments/<key:key>/fix/preview", trade_life.PreviewFix),
    action("instruments/<key:key>/end", trade_life.End),
    action("instruments/<key:key>/end/preview", trade_life.PreviewEnd),
    action("instruments/<key:key>/cancel", trade_life.Cancel),
    action("instruments/<key:key>/cancel/preview", trade_life.PreviewCancel),
    action("instrument-events/<key:key>/reverse", trade_life.Reverse),
    action("instrument-events/<key:key>/reverse/preview", trade_life.PreviewReverse),
    action("instrument-events/record-margin", margin.RecordMargin),
    action("instrument-events/record-margin/preview", margin.PreviewMargin),
]
