"""What the company is exposed to. Knows nothing of hedges."""

from exposures.models.exposure import Exposure, ExposureVersion, ExposureVersionApproval

__all__ = ["Exposure", "ExposureVersion", "ExposureVersionApproval"]
