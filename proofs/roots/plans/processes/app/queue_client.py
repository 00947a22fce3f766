"""A client for a few commands of Redis."""

import os
import socket
from urllib.parse import unquote, urlsplit


def connect():
    """Return a function that sends a command, and returns the reply."""
    url = urlsplit(os.environ["REDIS_URL"])
    stream = socket.create_connection((url.hostname, url.port)).makefile("rwb")

    def reply():
        line = stream.readline()
        kind, rest = line[:1], line[1:-2]
        if kind == b"-":
            raise RuntimeError(rest.decode())
        if kind == b"*":
            return [reply() for _ in range(int(rest))] if int(rest) >= 0 else None
        if kind == b"$":
            return stream.read(int(rest) + 2)[:-2].decode() if int(rest) >= 0 else None
        return rest.decode()

    def send(*words):
        parts = [str(word).encode() for word in words]
        stream.write(b"*%d\r\n" % len(parts))
        stream.writelines(b"$%d\r\n%s\r\n" % (len(part), part) for part in parts)
        stream.flush()
        return reply()

    send("AUTH", unquote(url.password))
    return send
