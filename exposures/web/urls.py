from django.urls import path

from exposures.web import exposures

urlpatterns = [
    path("exposures/", exposures.exposures_page, name="exposures"),
    path("exposures/<int:pk>/", exposures.exposure_page, name="exposure"),
]
