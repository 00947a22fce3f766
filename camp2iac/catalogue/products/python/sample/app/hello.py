"""Says what it was told."""

import os


def app(environ, start_response):
    start_response("200 OK", [("Content-Type", "text/plain; charset=utf-8")])
    return [os.environ["GREETING"].encode()]
