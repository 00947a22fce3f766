"""Who does the work, and their photos. Reads CALL_TOKEN and the variables PHOTOS_... WSGI application `app`."""
import hmac
import json
import os
from pathlib import Path

import photos

PEOPLE = json.loads((Path(__file__).parent / "people.json").read_text())
LIMIT = 2_000_000


def app(environ, start_response):
    def say(status: str, body: bytes = b"", kind: str = "application/json") -> list[bytes]:
        start_response(status, [("Content-Type", kind), ("Content-Length", str(len(body)))])
        return [body]

    match environ["PATH_INFO"].strip("/").split("/"):
        case ["healthz"]:
            return say("200 OK", b"ok\n", "text/plain")
        case _ if not hmac.compare_digest(environ.get("HTTP_AUTHORIZATION", ""), "Bearer " + os.environ["CALL_TOKEN"]):
            return say("403 Forbidden")
        case ["people"]:
            return say("200 OK", json.dumps([{"id": key, **person} for key, person in PEOPLE.items()]).encode())
        case ["people", person] if person in PEOPLE:
            return say("200 OK", json.dumps({"id": person, **PEOPLE[person]}).encode())
        case ["people", person, "photo"] if person in PEOPLE:
            if environ["REQUEST_METHOD"] == "PUT":
                size = int(environ.get("CONTENT_LENGTH") or 0)
                if not 0 < size <= LIMIT:
                    return say("413 Content Too Large")
                photos.put(person, environ["wsgi.input"].read(size))
                return say("204 No Content")
            photo = photos.get(person)
            return say("404 Not Found") if photo is None else say("200 OK", photo, "image/jpeg")
    return say("404 Not Found")
