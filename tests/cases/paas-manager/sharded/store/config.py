"""Which routers there are, and which of them answer."""

import json
import os
import socket


def answers(host):
    """Whether a router listens there."""
    try:
        socket.create_connection((host, 27017), timeout=2).close()
    except OSError:
        return False
    return True


def app(environ, start_response):
    """All of it as JSON."""
    routers = {each: answers(each) for each in os.environ["STORE_ROUTERS"].split(",") if each}
    start_response("200 OK", [("Content-Type", "application/json")])
    return [json.dumps({"routers": routers}).encode()]
