"""The body of a second person's decision: bound to the digest of what was seen."""

from treasury.api.bodies import Input, body

#: The field that names what was seen.
SEEN = "content_digest"
DIGEST = Input(
    SEEN,
    "SHA-256 of the version as it was seen; where the version's own is another one, the decision is refused.",
    limit=64,
)
COMMENT = Input("comment", "Why it is decided so.", required=False, blank=True, default="")
DECISION = body(DIGEST, COMMENT, example={SEEN: "9f2c…", "comment": "complete, and the test supports it"})
