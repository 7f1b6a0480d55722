"""What the company is exposed to. Knows nothing of hedges."""

from exposures.models.bulk import BulkAnswer, BulkContent, BulkJob
from exposures.models.exposure import Exposure, ExposureVersion, ExposureVersionApproval
from exposures.models.imports import (
    Import,
    ImportChange,
    ImportCorrection,
    ImportFile,
    ImportMapping,
    ImportProblem,
    ImportRow,
)

__all__ = [
    "BulkAnswer",
    "BulkContent",
    "BulkJob",
    "Exposure",
    "ExposureVersion",
    "ExposureVersionApproval",
    "Import",
    "ImportChange",
    "ImportCorrection",
    "ImportFile",
    "ImportMapping",
    "ImportProblem",
    "ImportRow",
]
