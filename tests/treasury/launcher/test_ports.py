"""A port that cannot be is refused before anything is started."""

import subprocess
import sys

import pytest

from treasury.launcher import ports
from treasury.launcher.errors import LaunchError
from treasury.launcher.paths import PROJECT


@pytest.mark.parametrize("text", ["0", "-1", "65536", "99999", "8e3", "eight", "", "9" * 5000, "٣"])
def test_what_is_no_port_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="expected a whole number from 1 to 65535"):
        ports.port(text)


def test_both_spellings_of_the_option_are_checked() -> None:
    ports.check(["--check", "--port", "8000", "--port=65535"])
    for words in (["--port", "99999"], ["--check", "--port=0"]):
        with pytest.raises(LaunchError, match="Nothing was started"):
            ports.check(words)


def test_the_demo_refuses_a_wrong_port_with_status_2() -> None:
    command = [sys.executable, "manage.py", "demo", "--port", "99999"]
    done = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert done.stderr.startswith("hedgebook: --port: expected a whole number from 1 to 65535, got '99999'")
    assert done.stdout == ""
