"""Addresses of keys under /api/v1/: how a system gets a token by itself."""

from django.urls import path

from treasury.api.oauth import Token

urlpatterns = [path("oauth/token/", Token.as_view(), name="api-oauth-token")]
