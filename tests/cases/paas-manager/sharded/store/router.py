"""Hands each key to the shard that keeps it: the one whose weight for it is the highest among those there may be."""

import hashlib
import os
from urllib.error import HTTPError
from urllib.request import Request, urlopen


def shard_of(key):
    """Adding a shard moves only the keys that become its own."""
    shards = [each for each in os.environ["STORE_SHARDS"].split(",") if each]
    return max(shards, key=lambda shard: hashlib.sha256(f"{shard} {key}".encode()).digest())


def app(environ, start_response):
    """The same request, elsewhere."""
    key = environ["PATH_INFO"]
    body = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0)) or None
    url = f"http://{shard_of(key)}:{os.environ['STORE_SHARD_PORT']}{key}"
    try:
        with urlopen(Request(url, data=body, method=environ["REQUEST_METHOD"]), timeout=5) as answer:
            status, data = answer.status, answer.read()
    except HTTPError as error:
        status, data = error.code, error.read()
    except OSError:
        status, data = 503, b"no such shard\n"
    start_response(f"{status} -", [("Content-Type", "application/octet-stream")])
    return [data]
