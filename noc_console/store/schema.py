"""The tables, and how each version of them is reached from the one before.

A migration is never changed once released: a new one is added. Times are UTC seconds; words are those of the model.
"""

from sqlite_utils import Database, Migrations

from noc_console.store.errors import StoreBroken, StoreNewer


def m001_alarms(db: Database) -> None:
    """Alarms, their entries, incidents. `params`, `announced`, `root`, `alarms` are JSON."""
    db["alarms"].create(
        {
            "id": int, "device": str, "component": str, "type": str, "qualifier": str, "severity": int,
            "raised": float, "changed": float, "cleared": float, "count": int,
            "state": str, "state_by": str, "state_at": float, "note": str, "worse_again": int,
            "params": str, "incident": int, "symptom_of": int, "why": str, "announced": str,
            "site": str, "room": str, "rack": str,
        },
        pk="id",
        not_null={"component", "type", "qualifier", "severity", "raised", "changed", "count", "state", "params", "announced"},
    )  # fmt: skip
    db["alarms"].create_index(["cleared", "raised"])
    db["entries"].create(
        {
            "id": int, "alarm": int, "kind": str, "at": float, "noted": float,
            "who": str, "was": str, "now": str, "text": str,
        },
        pk="id",
        not_null={"alarm", "kind", "at", "noted", "who", "was", "now", "text"},
        foreign_keys=[("alarm", "alarms", "id")],
    )  # fmt: skip
    db["entries"].create_index(["noted"])
    db["entries"].create_index(["alarm"])
    db["incidents"].create(
        {"id": int, "root": str, "opened": float, "closed": float, "alarms": str},
        pk="id",
        not_null={"root", "opened", "alarms"},
    )
    db["incidents"].create_index(["closed", "opened"])


def m002_states(db: Database) -> None:
    """Changes of state, the newest of each, what is expected to stay, how far logs were read."""
    change = {"device": str, "component": str, "kind": str, "name": str, "time": float, "was": str, "now": str}
    db["states"].create({"id": int, **change}, pk="id", not_null=set(change))
    db["states"].create_index(["device", "time"])
    db["states"].create_index(["time"])
    db["newest_states"].create(change, pk=("device", "component", "kind", "name"), not_null=set(change))
    db["baselines"].create(
        {"device": str, "kind": str, "name": str, "value": str, "time": float},
        pk=("device", "kind", "name"),
        not_null={"value", "time"},
    )
    db["cursors"].create(
        {"device": str, "name": str, "boot": str, "number": int}, pk=("device", "name"), not_null={"boot", "number"}
    )


def m003_readings(db: Database) -> None:
    """One row per answer; its values are one blob in the order of its layout (see `noc_console.store.columns`)."""
    db["layouts"].create({"id": int, "digest": bytes, "keys": str}, pk="id", not_null={"digest", "keys"})
    db["layouts"].create_index(["digest"], unique=True)
    db["sources"].create({"id": int, "device": str, "source": str}, pk="id", not_null={"device", "source"})
    db["sources"].create_index(["device", "source"], unique=True)
    db["readings"].create(
        {"id": int, "source": int, "time": float, "interval": float, "layout": int, "values": bytes, "texts": str},
        pk="id",
        not_null={"source", "time", "interval", "layout", "values"},
        foreign_keys=[("source", "sources", "id"), ("layout", "layouts", "id")],
    )
    db["readings"].create_index(["source", "time"])
    db["readings"].create_index(["time"])


def m004_life(db: Database) -> None:
    """Shelves, owners, groups by hand, what an entry was written for and takes back; maintenance windows (scopes are JSON)."""
    alarms, entries = db.table("alarms"), db.table("entries")
    for name in ("owner", "shelved_by", "shelf_reason", "maintenance"):
        alarms.add_column(name, str, not_null_default="")
    for name in ("placed", "chattering"):
        alarms.add_column(name, int, not_null_default=0)
    alarms.add_column("reason", str, not_null_default="[]")
    for name in ("state_until", "shelved_until"):
        alarms.add_column(name, float)
    entries.add_column("until", float)
    entries.add_column("command", str, not_null_default="")
    entries.add_column("undoes", int)
    db.table("incidents").add_column("cause", int)
    words = {"title": str, "reason": str, "who": str, "timezone": str, "devices": str, "racks": str, "sites": str, "labels": str}
    db.table("maintenance").create(
        {"id": str, **words, "start": float, "end": float, "recurrence": str, "ended": float},
        pk="id",
        not_null={*words, "start"},
    )


def m005_audit(db: Database) -> None:
    """The audit chain (see `noc_console.audit.chain`); entries cannot be changed, and deleted only while a purge is under way."""
    db.table("audit").create(
        {
            "number": int, "kind": str, "about": int, "noted": float, "digest": bytes, "body": str, "mac": bytes,
            "purge": int,
        },
        pk="number",
        not_null={"kind", "about", "noted", "digest", "body", "mac"},
    )  # fmt: skip
    db.table("audit").create_index(["kind", "about"])
    db.table("purging").create({"under_way": int}, not_null={"under_way"})
    db.table("purging").insert({"under_way": 0})
    for table in ("entries", "audit"):
        columns = "" if table == "entries" else "OF number, kind, about, noted, digest, body, mac "
        db.conn.execute(
            f"CREATE TRIGGER {table}_stay BEFORE UPDATE {columns}ON {table}"
            f" BEGIN SELECT RAISE(ABORT, '{table} are never changed'); END"
        )
    db.conn.execute(
        "CREATE TRIGGER entries_are_kept BEFORE DELETE ON entries WHEN (SELECT under_way FROM purging) = 0"
        " BEGIN SELECT RAISE(ABORT, 'entries are deleted by a purge only'); END"
    )
    db.conn.execute(
        "CREATE TRIGGER audit_is_kept BEFORE DELETE ON audit BEGIN SELECT RAISE(ABORT, 'the audit chain is never cut'); END"
    )
    db.table("alarms").create_index(["state", "cleared"])


def m006_pages(db: Database) -> None:
    """Texts by which alarms are searched (see `noc_console.store.vocabulary`), and a way to page through all of them."""
    words = {"text": str, "type": str, "severity": int, "site": str, "people": str}
    db.table("words").create({"id": int, **words}, pk="id", not_null=set(words))
    db.table("words").create_index(list(words), unique=True)
    db.conn.execute("CREATE INDEX words_said ON words (id) WHERE type = ''")
    for name in ("subject", "saying"):
        db.table("alarms").add_column(name, int, not_null_default=0)
    db.conn.execute("CREATE INDEX alarms_pages ON alarms (raised, id, subject, saying, state, cleared)")


def m007_ways(db: Database) -> None:
    """Ways from a text to its alarms that have all that is asked of an alarm: no row is read but those of a page.

    An alarm of before has no text yet (0): `noc_console.store.catching_up` makes up for it.
    """
    for sql in (
        # A database between two releases has narrower ones of these names.
        "DROP INDEX IF EXISTS alarms_of_subject",
        "DROP INDEX IF EXISTS alarms_of_saying",
        "DROP INDEX IF EXISTS idx_alarms_state_cleared",
        "CREATE INDEX alarms_of_subject ON alarms (subject, raised, saying, state, cleared)",
        # Most alarms have nothing said of them.
        "CREATE INDEX alarms_of_saying ON alarms (saying, raised, subject, state, cleared) WHERE saying != 0",
        "CREATE INDEX idx_alarms_state_cleared ON alarms (state, cleared, raised)",
    ):
        db.conn.execute(sql)


STEPS = (m001_alarms, m002_states, m003_readings, m004_life, m005_audit, m006_pages, m007_ways)
"""In order; a new one is added at the end."""

migrations = Migrations("noc-console")
for step in STEPS:
    migrations()(step)


def migrate(db: Database) -> None:
    """Bring the database to our version; StoreNewer if it is beyond it, StoreBroken if it is another program's."""
    applied = [migration.name for migration in migrations.applied(db)]
    ours = [step.__name__ for step in STEPS]
    unknown = [name for name in applied if name not in ours]
    if unknown:
        raise StoreNewer(
            f"The database was written by a newer version of NOC Console (it has {unknown[-1]}, this one ends at"
            f" {ours[-1]}): start that version, or use another folder (--data DIR)."
        )
    if not applied and db.table_names():
        raise StoreBroken("The database belongs to another program: use another folder (--data DIR).")
    migrations.apply(db)
