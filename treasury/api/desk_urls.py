"""Addresses of what people do on the desk that belongs to no app above: policies decided on, runs, views."""

from treasury.api.people import People
from treasury.api.policy_versions import ApprovePolicyVersion, DecidedPolicyVersions, RejectPolicyVersion
from treasury.api.routes import action, resource
from treasury.api.run_actions import CancelRun, RetryRun, StartNight
from treasury.api.saved_views import DeleteView, KeepView, SavedViews

urlpatterns = [
    *resource("people", People),
    *resource("policy-versions", DecidedPolicyVersions),
    action("policy-versions/<key:key>/approve", ApprovePolicyVersion),
    action("policy-versions/<key:key>/reject", RejectPolicyVersion),
    action("runs/start", StartNight),
    action("runs/<key:key>/retry", RetryRun),
    action("runs/<key:key>/cancel", CancelRun),
    action("saved-views/keep", KeepView),
    action("saved-views/<key:key>/delete", DeleteView),
    *resource("saved-views", SavedViews),
]
