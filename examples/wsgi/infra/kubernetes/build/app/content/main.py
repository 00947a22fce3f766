"""Readings of a sensor over HTTP: / gives the latest as JSON, /last?n=5 the last few. WSGI application `application`."""
import json
import math
import os
import time
from urllib.parse import parse_qs

EVERY = 10  # seconds between two readings


def reading(at: int) -> dict[str, object]:
    """What the sensor says at that time: warm by day, cold by night."""
    day = 24 * 60 * 60
    degrees = 11 + 4 * math.sin(2 * math.pi * (at % day) / day)
    if os.environ.get("UNIT") == "fahrenheit":
        degrees = degrees * 9 / 5 + 32
    return {"at": at, "value": round(degrees, 2)}


def application(environ, start_response):
    now = int(time.time()) // EVERY * EVERY
    if environ["PATH_INFO"] == "/last":
        try:
            count = min(int(parse_qs(environ.get("QUERY_STRING", "")).get("n", ["10"])[0]), 100)
        except ValueError:
            start_response("400 Bad Request", [("Content-Type", "text/plain")])
            return [b"n: a number, please\n"]
        answer = [reading(now - EVERY * step) for step in range(count)]
    elif environ["PATH_INFO"] == "/":
        answer = reading(now) | {"unit": os.environ.get("UNIT", "celsius"), "place": os.environ.get("PLACE", "")}
    else:
        start_response("404 Not Found", [("Content-Type", "text/plain")])
        return [b"no such page\n"]
    start_response("200 OK", [("Content-Type", "application/json")])
    return [json.dumps(answer).encode() + b"\n"]
