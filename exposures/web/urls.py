from django.urls import path

from exposures.web import accuracy, compare, exposures, lifecycle, record, waterfall

urlpatterns = [
    path("exposures/", exposures.exposures_page, name="exposures"),
    path("exposures/new/", record.record_page, name="exposure-new"),
    path("exposures/waterfall/", waterfall.waterfall_page, name="waterfall"),
    path("exposures/accuracy/", accuracy.accuracy_page, name="forecast-accuracy"),
    path("exposures/<int:pk>/", exposures.exposure_page, name="exposure"),
    path("exposures/<int:pk>/compare/", compare.compare_page, name="exposure-compare"),
    path("exposures/<int:pk>/<slug:verb>/", lifecycle.change_page, name="exposure-change"),
]
