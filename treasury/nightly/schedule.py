"""What the beat fires, and when, in UTC."""

BEAT_SCHEDULE: dict[str, dict[str, object]] = {}
