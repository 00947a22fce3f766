"""Deletes the bookings of past days. Reads KEEP_DAYS."""

import os

from store import database

with database() as connection:
    deleted = connection.execute("delete from booking where day < current_date - %s", (int(os.environ["KEEP_DAYS"]),))
    print(f"deleted {deleted.rowcount} bookings")
