"""The database and the cache. Reads DATABASE_URL and REDIS_URL."""

import os

import psycopg
import redis
from psycopg.rows import dict_row


def database() -> psycopg.Connection:
    return psycopg.connect(os.environ["DATABASE_URL"], row_factory=dict_row)


def cache() -> redis.Redis:
    url = os.environ["REDIS_URL"]
    # Heroku's certificates are self-signed.
    return redis.Redis.from_url(url, **({"ssl_cert_reqs": None} if url.startswith("rediss:") else {}))


def forget(room: str, day: str) -> None:
    """The list of this room and day has changed."""
    cache().delete(f"bookings:{room}:{day}")
