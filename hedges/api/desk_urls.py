"""Addresses of the desk under /api/v1/: policies, proposals, drafts of trades."""

from hedges.api.awaiting import Awaiting
from hedges.api.coming_days import ComingDays
from hedges.api.horizon_content import HorizonContent
from hedges.api.into_band import IntoBand, PreviewIntoBand
from hedges.api.market_needs import MarketNeeds
from hedges.api.policy_changes import PreviewPolicy, RecordPolicy
from hedges.api.position import Position
from hedges.api.proposals import DismissLine, ProposalLines, Proposals
from hedges.api.run_difference import RunDifference
from hedges.api.trade_drafts import DiscardDraft, KeepDraft, TradeDrafts
from hedges.api.why_moved import WhyMoved
from treasury.api.routes import action, resource

urlpatterns = [
    action("policies/record", RecordPolicy),
    action("policies/record/preview", PreviewPolicy),
    action("proposals/into-band", IntoBand),
    action("proposals/into-band/preview", PreviewIntoBand),
    *resource("proposals", Proposals),
    *resource("proposal-lines", ProposalLines),
    action("proposal-lines/<key:key>/dismiss", DismissLine),
    action("trade-drafts/keep", KeepDraft),
    action("trade-drafts/discard", DiscardDraft),
    *resource("trade-drafts", TradeDrafts),
    action("position", Position),
    action("horizon-profiles/<pair_key:key>/content", HorizonContent),
    action("awaiting", Awaiting),
    action("coming-days", ComingDays),
    action("market-needs", MarketNeeds),
    action("runs/<key:key>/difference", RunDifference),
    action("entities/<key:key>/why-moved", WhyMoved),
]
