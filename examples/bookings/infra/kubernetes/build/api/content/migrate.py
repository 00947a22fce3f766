"""Runs each file of migrations/ once, in the order of their names."""

from pathlib import Path

from store import database

with database() as connection:
    connection.execute("create table if not exists migration (name text primary key)")
    done = {row["name"] for row in connection.execute("select name from migration")}
    for file in sorted(Path(__file__).with_name("migrations").glob("*.sql")):
        if file.name not in done:
            connection.execute(file.read_text())
            connection.execute("insert into migration values (%s)", (file.name,))
            print(f"migrated {file.name}")
