"""Addresses of trade documents and of trades that go out, under /api/v1/."""

from django.urls import path

from hedges.api.documents import (
    DocumentMatches,
    DocumentOriginal,
    Documents,
    MatchDocument,
    PreviewDocument,
    ReceiveDocument,
    RecordDocument,
)
from hedges.api.trade_exports import InstrumentFpml, InstrumentMt300, OrePortfolio
from treasury.api.routes import resource

urlpatterns = [
    path("documents/receive/", ReceiveDocument.as_view(), name="api-documents-receive"),
    path("documents/preview/", PreviewDocument.as_view(), name="api-documents-preview"),
    *resource("documents", Documents),
    path("documents/<key:key>/matches/", DocumentMatches.as_view(), name="api-documents-matches"),
    path("documents/<key:key>/original/", DocumentOriginal.as_view(), name="api-documents-original"),
    path("documents/<key:key>/record/", RecordDocument.as_view(), name="api-documents-record"),
    path("documents/<key:key>/match/", MatchDocument.as_view(), name="api-documents-match"),
    path("instruments/<key:key>/fpml/", InstrumentFpml.as_view(), name="api-instruments-fpml"),
    path("instruments/<key:key>/mt300/", InstrumentMt300.as_view(), name="api-instruments-mt300"),
    path("portfolio/ore/", OrePortfolio.as_view(), name="api-portfolio-ore"),
]
