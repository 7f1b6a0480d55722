"""What the launcher stands on: files that name no host, imports that need nothing, a compose file that fits."""

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from treasury.launcher import paths, roles, secrets
from treasury.launcher.paths import PROJECT, Paths

LOCKS = sorted((PROJECT / "requirements").glob("*.txt"))
LAUNCHER = [
    PROJECT / "manage.py",
    PROJECT / "treasury" / "__init__.py",
    *(PROJECT / "treasury/launcher").glob("*.py"),
]


def _imported(file: Path) -> set[str]:
    """The top names of everything imported when the file is loaded, functions included."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(file.read_text())):
        if isinstance(node, ast.Import):
            found |= {name.name for name in node.names}
        elif isinstance(node, ast.ImportFrom):
            found.add(node.module or "")
    return found


@pytest.mark.parametrize("file", LAUNCHER, ids=lambda file: file.name)
def test_before_the_environment_exists_only_the_standard_library_is_imported(file: Path) -> None:
    # What manage.py hands over to is imported when the environment is there.
    handed_over = {"django.core.management", "treasury.quant.cli"} if file.name == "manage.py" else set()
    foreign = {
        name
        for name in _imported(file) - handed_over
        if name.split(".")[0] not in sys.stdlib_module_names and not name.startswith("treasury.launcher")
    }
    assert foreign == set()


def test_an_old_python_can_read_the_file_that_turns_it_away() -> None:
    ast.parse((PROJECT / "manage.py").read_text(), feature_version=(3, 4))


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.name)
def test_locks_pin_every_package_by_hash_and_name_no_host(lock: Path) -> None:
    text = lock.read_text()
    assert "://" not in text
    assert "--index" not in text
    requirements = re.split(r"\n(?=[a-z])", text)
    assert requirements
    for requirement in requirements:
        assert re.match(r"[a-z0-9._-]+(\[[a-z,]+\])?==", requirement), requirement[:60]
        assert "--hash=sha256:" in requirement


def test_the_test_set_holds_the_run_time_set_unchanged() -> None:
    pins = [
        set(re.findall(r"^\S+==\S+", (PROJECT / "requirements" / name).read_text(), re.M))
        for name in ("runtime.txt", "test.txt")
    ]
    assert pins[0] <= pins[1]
    assert not any(pin.startswith(("statsmodels", "arch=")) for pin in pins[0])


def test_the_compose_file_starts_every_part_and_shows_the_owner_to_the_migration_only() -> None:
    services = yaml.safe_load((PROJECT / "docker-compose.yml").read_text())["services"]
    assert {"postgres", "redis", "migrate", "web", "worker", "beat"} <= set(services)
    for name in ("web", "worker", "beat"):
        environment = services[name]["environment"]
        assert "DATABASE_OWNER_URL" not in environment
        assert {"DATABASE_URL", "REDIS_URL", "HEDGEBOOK_SECRET_KEY", "HEDGEBOOK_ALLOWED_HOSTS"} <= set(
            environment
        )
    assert "DATABASE_OWNER_URL" in services["migrate"]["environment"]


def test_secrets_are_kept_for_their_owner_and_made_once(tmp_path: Path) -> None:
    where = Paths(state=tmp_path, environment=tmp_path)
    first = secrets.keep(where, "database-app")
    assert secrets.keep(where, "database-app") == first
    assert (where.secrets / "database-app").stat().st_mode & 0o077 == 0


def test_a_password_with_a_quote_does_not_end_the_sql() -> None:
    script = roles.script(owner_password="it's", app_password="b")
    assert "PASSWORD 'it''s'" in script
    assert "NOCREATEDB" in script
    assert (
        "NOCREATEDB"
        not in roles.script(owner_password="a", app_password="b", createdb=True).split("hedgebook_app")[0]
    )


CALCULATE = """
import sys
sys.path.insert(0, {project!r})
sys.argv = ["manage.py", "calculate", "--help"]
import manage
try:
    manage.main()
except SystemExit:
    pass
print(sorted({{"django", "psycopg", "pandas", "scipy.stats"}} & set(sys.modules)))
"""


def test_calculate_starts_no_server_and_loads_nothing_heavy(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", CALCULATE.format(project=str(PROJECT))],
        capture_output=True,
        text=True,
        check=False,
        cwd=PROJECT,
        env={
            "HEDGEBOOK_STATE_DIR": str(tmp_path),
            "HEDGEBOOK_ENVIRONMENT_DIR": str(paths.current().environment),
        },
    )
    assert done.stdout.splitlines()[-1:] == ["[]"], done.stderr
    assert not (tmp_path / "home").exists()
