"""The two database roles: one owns the tables and migrates, the other works on them and owns nothing."""

OWNER = "hedgebook_owner"
APP = "hedgebook_app"
DATABASE = "hedgebook"

_ROLE = """
DO $$ BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '{name}') THEN CREATE ROLE {name}; END IF;
END $$;
ALTER ROLE {name} WITH LOGIN NOSUPERUSER NOCREATEROLE NOREPLICATION NOBYPASSRLS {createdb} PASSWORD '{password}';
"""

_DATABASE = """
SELECT 'CREATE DATABASE {database} OWNER {owner} ENCODING ''UTF8'' TEMPLATE template0'
 WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = '{database}') \\gexec
REVOKE ALL ON DATABASE {database} FROM PUBLIC;
GRANT CONNECT ON DATABASE {database} TO {app};
"""


def script(
    *, owner_password: str, app_password: str, database: str = DATABASE, createdb: bool = False
) -> str:
    """SQL for `psql`, run by a superuser on any database of the server; running it again changes nothing but the
    passwords. `createdb` lets the owner make the tests' throw-away databases."""
    owner = _ROLE.format(
        name=OWNER, createdb="CREATEDB" if createdb else "NOCREATEDB", password=_quoted(owner_password)
    )
    app = _ROLE.format(name=APP, createdb="NOCREATEDB", password=_quoted(app_password))
    # A database can only be given to a role that one is a member of, unless one is a superuser; managed servers
    # have none.
    membership = f"\nGRANT {OWNER} TO CURRENT_USER;\n"
    if createdb:  # and end the sessions that a killed worker left open in a throw-away database
        membership += f"GRANT {APP} TO {OWNER};\n"
    return owner + app + membership + _DATABASE.format(database=database, owner=OWNER, app=APP)


def _quoted(password: str) -> str:
    return password.replace("'", "''")
