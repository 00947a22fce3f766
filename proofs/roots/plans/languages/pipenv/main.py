import importlib.util
from importlib.metadata import version


def app(environ, start_response):
    dev = importlib.util.find_spec("blinker") is not None
    words = f"itsdangerous {version('itsdangerous')}, gunicorn {version('gunicorn')}, dev {dev}"
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [words.encode()]
