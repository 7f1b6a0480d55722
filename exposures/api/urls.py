"""Addresses of exposures under /api/v1/."""

from django.urls import path

from exposures.api import bulk_jobs, import_urls, looks, verbs
from exposures.api.bulk import BulkExposures
from exposures.api.bulk_quotes import BulkQuotesByJob
from exposures.api.exposure_versions import DecidedExposureVersions
from exposures.api.exposures import Exposures, ExposureVersions
from exposures.api.followed import BODIES
from exposures.api.recording import RecordExposure
from treasury.api.routes import action, resource
from treasury.api.streams import streams

urlpatterns = [
    *streams(BODIES),
    *resource("exposures", Exposures),
    path("exposures/<key:key>/versions/", ExposureVersions.as_view(), name="api-exposures-versions"),
    action("exposures/record", RecordExposure),
    action("exposures/<key:key>/amend", verbs.Amend),
    action("exposures/<key:key>/confirm", verbs.Confirm),
    action("exposures/<key:key>/lower", verbs.Lower),
    action("exposures/<key:key>/settle", verbs.Settle),
    action("exposures/<key:key>/settle-part", verbs.SettlePart),
    action("exposures/<key:key>/split", verbs.SplitExposure),
    action("exposures/<key:key>/no-longer-expected", verbs.NoLongerExpected),
    action("exposures/<key:key>/cancel", verbs.Cancel),
    action("exposures/<key:key>/undo", verbs.Undo),
    *resource("exposure-versions", DecidedExposureVersions),
    action("exposures/bulk", BulkExposures),
    action("market-quotes/bulk", BulkQuotesByJob),
    *resource("bulk-jobs", bulk_jobs.BulkJobs),
    action("bulk-jobs/<key:key>/result", bulk_jobs.BulkJobResult),
    action("bulk-jobs/<key:key>/cancel", bulk_jobs.CancelBulkJob),
    *import_urls.urlpatterns,
    action("forecast-accuracy", looks.ForecastAccuracy),
    action("exposure-waterfall", looks.ExposureWaterfall),
]
