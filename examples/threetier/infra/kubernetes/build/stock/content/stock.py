"""What there is: /goods (less what is ordered), /held. Reads DATABASE_URL, ORDERS. WSGI application `app`."""
import json
import os
from urllib.parse import unquote, urlsplit

import pg8000.dbapi

from peers import ask


def held() -> dict[str, int]:
    url = urlsplit(os.environ["DATABASE_URL"])
    connection = pg8000.dbapi.connect(
        user=unquote(url.username or ""), password=unquote(url.password or ""),
        host=url.hostname, port=url.port or 5432, database=url.path.lstrip("/"),
    )
    try:
        cursor = connection.cursor()
        cursor.execute("select name, held from good")
        return dict(cursor.fetchall())
    finally:
        connection.close()


def app(environ, start_response):
    if environ["PATH_INFO"] == "/held":
        answer = held()
    elif environ["PATH_INFO"] == "/goods":
        ordered = ask([os.environ["ORDERS"]], "/ordered")
        answer = {name: count - ordered.get(name, 0) for name, count in held().items()}
    else:
        start_response("404 Not Found", [("Content-Type", "application/json")])
        return [b"{}\n"]
    start_response("200 OK", [("Content-Type", "application/json")])
    return [json.dumps(answer).encode() + b"\n"]
