"""The duty on goods, by the position of a tariff."""

import json

import positions


def app(environ, start_response):
    found = positions.FIND.get(environ["PATH_INFO"].strip("/"))
    start_response("200 OK" if found else "404 Not Found", [("Content-Type", "application/json")])
    return [json.dumps(found(1000, 12) if found else None).encode()]
