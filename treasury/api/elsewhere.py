"""Every address under /api/v1/ that is not there: a problem document like that of a thing which is not there."""

from typing import Any

from django.http import Http404
from django.urls import re_path
from rest_framework.request import Request
from rest_framework.response import Response

from treasury.api.permissions import SignedIn
from treasury.api.views import ApiView
from treasury.enums import TokenScope


class Elsewhere(ApiView):
    schema = None
    permission_classes = (SignedIn,)

    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        raise Http404

    post = put = patch = delete = get
    token_scope = TokenScope.READ


urlpatterns = [re_path(r"[\s\S]*", Elsewhere.as_view(), name="api-elsewhere")]
