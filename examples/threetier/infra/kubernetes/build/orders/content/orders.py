"""What was ordered: /ordered, /place?good=NAME. Reads DATABASE_URL, STOCK_HOSTS. WSGI application `app`."""
import json
import os
from urllib.parse import parse_qs, unquote, urlsplit

import pg8000.dbapi

from peers import addresses, ask

STOCK = addresses(os.environ["STOCK_HOSTS"], 8001)


def connect():
    url = urlsplit(os.environ["DATABASE_URL"])
    return pg8000.dbapi.connect(
        user=unquote(url.username or ""), password=unquote(url.password or ""),
        host=url.hostname, port=url.port or 5432, database=url.path.lstrip("/"),
    )


def app(environ, start_response):
    status, answer = "200 OK", {}
    connection = connect()
    try:
        cursor = connection.cursor()
        if environ["PATH_INFO"] == "/place":
            good = parse_qs(environ.get("QUERY_STRING", "")).get("good", [""])[0]
            there = ask(STOCK, "/held").get(good, 0)
            cursor.execute("lock table placed in exclusive mode")
            cursor.execute("select coalesce(sum(count), 0) from placed where good = %s", (good,))
            if cursor.fetchone()[0] < there:
                cursor.execute("insert into placed (good, count) values (%s, 1)", (good,))
                connection.commit()
            else:
                status = "409 Conflict"
        elif environ["PATH_INFO"] == "/ordered":
            cursor.execute("select good, sum(count)::integer from placed group by good")
            answer = dict(cursor.fetchall())
        else:
            status = "404 Not Found"
    finally:
        connection.close()
    start_response(status, [("Content-Type", "application/json")])
    return [json.dumps(answer).encode() + b"\n"]
