"""The usual TCP ports of URL schemes, as IANA registers them or as the protocol's specification or vendor says.

A new scheme is a new line. In ``postgresql+psycopg`` and similar schemes, the part before ``+`` counts.
"""

from __future__ import annotations

from collections.abc import Mapping

PORTS: Mapping[str, int] = {
    # the web
    "http": 80,
    "https": 443,
    "ws": 80,
    "wss": 443,
    # mail
    "smtp": 25,
    "smtps": 465,
    "submission": 587,
    "submissions": 465,
    "imap": 143,
    "imaps": 993,
    "pop3": 110,
    "pop3s": 995,
    # directories
    "ldap": 389,
    "ldaps": 636,
    # files and objects
    "ftp": 21,
    "ftps": 990,
    "git": 9418,
    "s3": 443,
    "sftp": 22,
    "ssh": 22,
    # databases and caches
    "cassandra": 9042,
    "mariadb": 3306,
    "memcached": 11211,
    "mongodb": 27017,
    "mssql": 1433,
    "mysql": 3306,
    "mysql2": 3306,
    "oracle": 1521,
    "postgis": 5432,
    "postgres": 5432,
    "postgresql": 5432,
    "redis": 6379,
    "rediss": 6379,
    "sqlserver": 1433,
    "valkey": 6379,
    "valkeys": 6379,
    # messages
    "amqp": 5672,
    "amqps": 5671,
    "kafka": 9092,
    "mqtt": 1883,
    "mqtts": 8883,
    "nats": 4222,
    "stomp": 61613,
}


def port(scheme: str) -> int | None:
    """The usual port of a scheme; None if it is not known."""
    return PORTS.get(scheme.lower()) or PORTS.get(scheme.lower().partition("+")[0])
