"""Where things are kept. Everything the project writes on its own account lies under the state folder."""

import os
from dataclasses import dataclass
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Paths:
    state: Path
    environment: Path

    @property
    def logs(self) -> Path:
        return self.state / "logs"

    @property
    def locks(self) -> Path:
        return self.state / "locks"

    @property
    def secrets(self) -> Path:
        return self.state / "secrets"

    @property
    def records(self) -> Path:
        return self.state / "processes"

    def prepare(self) -> None:
        """Makes the folders; the secrets and logs are for their owner only."""
        for folder in (self.state, self.environment, self.locks, self.records):
            folder.mkdir(parents=True, exist_ok=True)
        for folder in (self.logs, self.secrets):
            folder.mkdir(mode=0o700, exist_ok=True)


def current() -> Paths:
    """The folders that the environment variables ask for, or the project's own `.hedgebook/`."""
    state = Path(os.environ.get("HEDGEBOOK_STATE_DIR") or PROJECT / ".hedgebook").absolute()
    environment = Path(os.environ.get("HEDGEBOOK_ENVIRONMENT_DIR") or state / "environment").absolute()
    return Paths(state=state, environment=environment)
