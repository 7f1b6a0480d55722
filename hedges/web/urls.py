from django.urls import path

from hedges.web.views import effectiveness, explanation, horizon, instruments, position, relationships

urlpatterns = [
    path("", position.position_page, name="position"),
    path("position/<str:entity>/<str:risk>/<int:month>/", position.position_cell, name="position-cell"),
    path("horizon/", horizon.horizon_page, name="horizon"),
    path("instruments/", instruments.instruments_page, name="instruments"),
    path("instruments/<int:pk>/", instruments.instrument_page, name="instrument"),
    path("relationships/", relationships.relationships_page, name="relationships"),
    path("relationships/<int:pk>/", relationships.relationship_page, name="relationship"),
    path("effectiveness/", effectiveness.effectiveness_page, name="effectiveness"),
    path("effectiveness/<int:pk>/", effectiveness.effectiveness_of, name="effectiveness-of"),
    path(
        "numbers/<slug:name>/<int:run>/<str:key>/<slug:field>/",
        explanation.explanation_page,
        name="explanation",
    ),
]
