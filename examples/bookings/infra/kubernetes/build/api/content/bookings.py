"""Rooms that people book for an hour. WSGI application `app`.

GET /rooms/ROOM/2027-01-31 lists the bookings of a day. POST there with {"hour": 9, "name": "Ada"} adds one.
"""

import datetime
import json

import psycopg.errors
from flask import Flask, Response, abort, jsonify, request, url_for

from store import cache, database, forget

KEPT = 60  # seconds
app = Flask(__name__)


@app.get("/healthz")
def health() -> str:
    return "ok\n"


@app.get("/rooms/<room>/<day>")
def bookings(room: str, day: str) -> Response:
    key = f"bookings:{room}:{valid(day)}"
    found = cache().get(key)
    if found is None:
        query = "select id, hour, name, confirmed from booking where room = %s and day = %s order by hour"
        with database() as connection:
            found = json.dumps(connection.execute(query, (room, day)).fetchall()).encode()
        cache().set(key, found, ex=KEPT)
    return Response(found, mimetype="application/json")


@app.post("/rooms/<room>/<day>")
def book(room: str, day: str) -> tuple[Response, int, dict[str, str]]:
    asked = request.get_json(force=True)
    if not isinstance(asked, dict) or not asked.get("name") or asked.get("hour") not in range(24):
        abort(400, 'send {"hour": 9, "name": "Ada"}')
    query = "insert into booking (room, day, hour, name) values (%s, %s, %s, %s) returning id"
    try:
        with database() as connection:
            row = connection.execute(query, (room, valid(day), asked["hour"], asked["name"])).fetchone()
    except psycopg.errors.UniqueViolation:
        abort(409, "the room is taken at that hour")
    forget(room, day)
    return jsonify(row), 201, {"Location": url_for("bookings", room=room, day=day, _external=True)}


def valid(day: str) -> str:
    try:
        return datetime.date.fromisoformat(day).isoformat()
    except ValueError:
        abort(404)
