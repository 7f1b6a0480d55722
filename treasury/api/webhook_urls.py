"""Addresses of webhooks under /api/v1/."""

from django.urls import path

from treasury.api.routes import action, resource
from treasury.api.webhook_actions import ChangeAddress, NewSecret, Pause, Replay, Resume, Subscribe
from treasury.api.webhooks import Deliveries, Webhooks

urlpatterns = [
    action("webhooks/subscribe", Subscribe),
    *resource("webhooks", Webhooks),
    path("webhooks/<key:key>/deliveries/", Deliveries.as_view(), name="api-webhooks-deliveries"),
    action("webhooks/<key:key>/change-address", ChangeAddress),
    action("webhooks/<key:key>/pause", Pause),
    action("webhooks/<key:key>/resume", Resume),
    action("webhooks/<key:key>/new-secret", NewSecret),
    action("webhooks/<key:key>/replay", Replay),
]
