from markupsafe import escape
from words import WORD


def app(environ, start_response):
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [escape(WORD).encode()]
