"""A fault of ours, which is in the log: a problem document under the API, a page elsewhere."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.cache import add_never_cache_headers
from django.views.defaults import server_error

from treasury.api import problems


def fault(request: HttpRequest) -> HttpResponse:
    if not request.path.startswith("/api/"):
        return server_error(request)
    detail = "The program made an error; it has been written to the log. Nothing was changed."
    body = problems.document(500, "internal_error", detail)
    answer = JsonResponse(body, status=500, content_type=problems.MEDIA_TYPE)
    add_never_cache_headers(answer)
    return answer
