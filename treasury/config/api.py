"""How the API is read and described. Merged into the settings; the views themselves are in `*/api`."""

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "treasury.api.authentication.TokenAuthentication",
        "rest_framework.authentication.SessionAuthentication",
    ],
    "DEFAULT_PERMISSION_CLASSES": ["treasury.api.permissions.NotDeclared"],
    "DEFAULT_RENDERER_CLASSES": ["treasury.api.rendering.Json"],
    "DEFAULT_PARSER_CLASSES": ["treasury.api.rendering.StrictJson"],
    "DEFAULT_FILTER_BACKENDS": [],
    "EXCEPTION_HANDLER": "treasury.api.problems.handler",
    "URL_FORMAT_OVERRIDE": None,
    "TEST_REQUEST_DEFAULT_FORMAT": "json",
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Hedgebook",
    "VERSION": "1",
    "DESCRIPTION": "Reads the hedge book, works out its measures and does hedge accounting. Amounts are decimal"
    " strings at the minor units of their currency or unit, rates as dealt are decimal strings, ratios and statistics"
    " are JSON numbers, what is undefined is null with its reasons.",
    "LICENSE": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
    "SERVERS": [{"url": "/", "description": "The server that this document was read from."}],
    "OAS_VERSION": "3.1.0",
    "SCHEMA_PATH_PREFIX": "/api/v1",
    "SERVE_INCLUDE_SCHEMA": False,
    # Enumerations stand where they are used; a name made up for each would change whenever another one appears.
    "POSTPROCESSING_HOOKS": [
        "treasury.api.measure_schemas.typed",
        "treasury.api.examples.complete",
        "treasury.api.shared_answers.once",
    ],
    "PATH_CONVERTER_OVERRIDES": {"key": {"type": "integer", "format": "int64", "minimum": 1}},
}
