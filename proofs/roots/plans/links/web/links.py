"""Uses each link with a usual driver and the variables that the component gets, and nothing else."""

import os
import socket
import ssl
from urllib.parse import urlsplit

import pika
import psycopg2
import pymysql
import redis

PLAIN = {
    "DATABASE": b"\x00\x00\x00\x08\x00\x03\x00\x00",
    "REDIS": b"PING\r\n",
    "AMQP": b"AMQP\x00\x00\x09\x01",
}


def database(name="DATABASE_URL", **more):
    with psycopg2.connect(os.environ[name], connect_timeout=5, **more) as connection, connection.cursor() as cursor:
        cursor.execute("select version from pg_stat_ssl where ssl and pid = pg_backend_pid()")
        return cursor.fetchone()[0]


def ledger(**tls):
    at = urlsplit(os.environ["LEDGER_URL"])
    told = {"host": at.hostname, "port": at.port, "user": at.username, "password": at.password}
    with pymysql.connect(**told, database=at.path[1:], connect_timeout=5, **tls) as connection:
        cursor = connection.cursor()
        cursor.execute("show status like 'Ssl_version'")
        return cursor.fetchone()[1]


def cache():
    connection = redis.from_url(os.environ["REDIS_URL"])
    connection.set("words", "it's here")
    return connection.get("words").decode()


def queue():
    connection = pika.BlockingConnection(pika.URLParameters(os.environ["AMQP_URL"]))
    channel = connection.channel()
    channel.queue_declare("parcels")
    channel.basic_publish("", "parcels", b"it's here")
    _, _, words = channel.basic_get("parcels", auto_ack=True)
    connection.close()
    return words.decode()


def handshake(base, context, name=""):
    """A handshake with the server of a link. PostgreSQL wants a request before it."""
    at = urlsplit(os.environ[f"{base}_URL"])
    with socket.create_connection((at.hostname, at.port), timeout=5) as plain:
        if base == "DATABASE":
            plain.sendall(b"\x00\x00\x00\x08\x04\xd2\x16\x2f")
            assert plain.recv(1) == b"S"
        with context.wrap_socket(plain, server_hostname=name or at.hostname) as secured:
            return secured.version()


def plain(base):
    """What the server answers to a client without TLS."""
    at = urlsplit(os.environ[f"{base}_URL"])
    with socket.create_connection((at.hostname, at.port), timeout=5) as connection:
        connection.sendall(PLAIN[base])
        try:
            return f"answered {connection.recv(100)!r}"
        except OSError as problem:
            return f"{type(problem).__name__}"


def tried(function, *arguments, **more):
    try:
        return function(*arguments, **more)
    except (OSError, pika.exceptions.AMQPError, psycopg2.Error, pymysql.Error) as problem:
        return f"{type(problem).__name__}: {' '.join(str(problem).split())}"


def lines():
    yield "database", tried(database)
    yield "database without TLS", tried(database, sslmode="disable")
    yield "database with another CA", tried(database, sslrootcert="/etc/ssl/certs/ISRG_Root_X1.pem")
    verified = {"ssl_verify_cert": True, "ssl_verify_identity": True}
    yield "ledger", tried(ledger, ssl_ca=os.environ["LEDGER_CA"], **verified)
    yield "ledger without TLS", tried(ledger, ssl_disabled=True)
    yield "ledger with another CA", tried(ledger, ssl_ca="/etc/ssl/certs/ISRG_Root_X1.pem", **verified)
    yield "cache", tried(cache)
    yield "queue", tried(queue)
    for base in PLAIN:
        own = ssl.create_default_context(cafile=os.environ[f"{base}_CA"])
        yield f"{base} with its CA", tried(handshake, base, own)
        yield f"{base} with the trust store", tried(handshake, base, ssl.create_default_context())
        yield f"{base} without the CA", tried(handshake, base, ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT))
        yield f"{base} by another name", tried(handshake, base, own, "other.example.org")
        if base != "DATABASE":
            yield f"{base} without TLS", tried(plain, base)


def app(environ, start_response):
    start_response("200 OK", [("Content-Type", "text/plain")])
    return ["".join(f"{name}: {value}\n" for name, value in lines()).encode()]
