"""The environment is made when something is missing, and at no other time."""

import sys
from pathlib import Path

import pytest

from treasury.launcher import environment
from treasury.launcher.errors import LaunchError
from treasury.launcher.locks import Use
from treasury.launcher.paths import Paths


class Executed(Exception):
    """In place of the process that `exec` would have become."""


@pytest.fixture
def where(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Paths:
    locks = tmp_path / "requirements"
    locks.mkdir()
    for name in ("runtime", "test", "uv"):
        (locks / f"{name}.txt").write_text(name)
    monkeypatch.setattr(environment, "REQUIREMENTS", locks)

    def become(python: str, argv: list[str]) -> None:
        raise Executed(python)

    monkeypatch.setattr(environment.os, "execv", become)
    monkeypatch.delenv("HEDGEBOOK_ENVIRONMENT_READY", raising=False)
    paths = Paths(state=tmp_path, environment=tmp_path / "environment")
    paths.prepare()
    return paths


@pytest.fixture
def installed(where: Paths, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What was installed, without the minutes that it takes."""
    done: list[str] = []
    monkeypatch.setattr(
        environment, "_make", lambda paths, venv: (venv / "bin").mkdir(parents=True, exist_ok=True)
    )
    monkeypatch.setattr(environment, "_install", lambda paths, venv, lock: done.append(lock.name))
    return done


def _enter(where: Paths, *, with_tests: bool = False) -> Path:
    with pytest.raises(Executed) as became:
        environment.enter(where, ["manage.py"], with_tests=with_tests)
    return Path(str(became.value)).parents[1]


def test_a_second_start_installs_nothing(where: Paths, installed: list[str]) -> None:
    assert _enter(where) == _enter(where)
    assert installed == ["runtime.txt"]


def test_the_test_set_comes_into_the_same_environment_when_it_is_asked_for(
    where: Paths, installed: list[str]
) -> None:
    assert _enter(where) == _enter(where, with_tests=True)
    assert installed == ["runtime.txt", "test.txt"]


def test_an_installation_that_was_cut_short_is_taken_up_again(where: Paths, installed: list[str]) -> None:
    venv = _enter(where)
    next(venv.glob("complete-*")).unlink()
    _enter(where)
    assert installed == ["runtime.txt", "runtime.txt"]


def test_another_lock_makes_another_environment_and_the_old_one_goes_when_nobody_uses_it(
    where: Paths, installed: list[str]
) -> None:
    old = _enter(where)
    use = Use(environment._use_of(old))
    use.join()
    (environment.REQUIREMENTS / "runtime.txt").write_text("another")
    between = _enter(where)
    assert between != old
    assert old.exists()
    use.leave()
    (environment.REQUIREMENTS / "runtime.txt").write_text("yet another")
    _enter(where)
    assert not old.exists()
    assert not between.exists()


def test_a_prepared_python_is_left_as_it_is(where: Paths, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HEDGEBOOK_ENVIRONMENT_READY", "1")
    environment.enter(where, ["manage.py"], with_tests=False)
    assert list(where.environment.iterdir()) == []


def test_without_uv_pip_installs_and_without_both_the_way_out_is_named(
    where: Paths, monkeypatch: pytest.MonkeyPatch
) -> None:
    commands: list[list[str]] = []

    def run(command: list[str], paths: Paths) -> str | None:
        commands.append(command)
        return "No module named pip" if "pip" in command else None

    monkeypatch.setattr(environment, "_quietly", run)
    monkeypatch.setattr(environment.shutil, "which", lambda name: None)
    with pytest.raises(LaunchError, match="python3-pip"):
        environment.enter(where, ["manage.py"], with_tests=False)
    assert [sys.executable, "-m", "venv"] in [command[:3] for command in commands]
    assert any("--python" in command and "--require-hashes" in command for command in commands)
