"""Which role does what: tables are made and changed by their owner only."""


class MigrationsAsOwner:
    def allow_migrate(self, db: str, app_label: str, **hints: object) -> bool:
        return db == "owner"

    def allow_relation(self, first: object, second: object, **hints: object) -> bool:
        return True  # both aliases are the same database
