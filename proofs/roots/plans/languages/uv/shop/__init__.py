"""What the instance has installed, with a program of its distribution."""

import importlib.util
import subprocess
from importlib.metadata import version

import psycopg2


def app(environ, start_response):
    said = subprocess.run(["hello"], capture_output=True, text=True, check=True).stdout.strip()
    dev = importlib.util.find_spec("blinker") is not None
    words = f"itsdangerous {version('itsdangerous')}, psycopg2 {psycopg2.__version__.split()[0]}, dev {dev}, {said}"
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [words.encode()]
