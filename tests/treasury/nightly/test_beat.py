"""The beat as it starts: a process that has set up nothing but Celery."""

import json
import subprocess
import sys


def test_a_fresh_process_has_the_schedule() -> None:
    """Celery swallows what goes wrong while it is configured, and a beat without a schedule says nothing."""
    said = subprocess.run(
        [
            sys.executable,
            "-c",
            "import json; from treasury.config.celery import app; print(json.dumps(list(app.conf.beat_schedule)))",
        ],
        capture_output=True,
        text=True,
        check=True,
    )
    fired = ["start-night", "catch-up-night", "bulk-sweep", "sweep", "webhooks"]
    assert json.loads(said.stdout.splitlines()[-1]) == fired
