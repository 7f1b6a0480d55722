"""Who may do what with exposures: each write of the API with the roles that do it, at the entity of the thing."""

from treasury.queries.access import DECIDERS, WRITERS

WRITE, DECIDE = {str(one) for one in WRITERS}, {str(one) for one in DECIDERS}
VERBS = (
    "amend",
    "confirm",
    "lower",
    "settle",
    "settle-part",
    "split",
    "no-longer-expected",
    "cancel",
    "undo",
)
STEPS = ("describe", "check", "correct", "mend", "commit", "discard", "undo")
#: By the shape of the address in the resolver.
TABLE: dict[str, set[str]] = {
    "exposures/record/": WRITE,
    "exposures/bulk/": WRITE,
    "bulk-jobs/<key:key>/cancel/": WRITE,
    **{f"exposures/<key:key>/{verb}/": WRITE for verb in VERBS},
    "imports/receive/": WRITE,
    **{f"imports/<key:key>/{step}/": WRITE for step in STEPS},
    "imports/<key:key>/stop/": WRITE | DECIDE,
    "imports/<key:key>/approve/": DECIDE,
    "imports/<key:key>/reject/": DECIDE,
    "exposure-versions/<key:key>/approve/": DECIDE,
    "exposure-versions/<key:key>/reject/": DECIDE,
}
