"""Asks the stock, which asks the shop again; and the prices, several times."""

import os
from urllib.request import urlopen


def get(url):
    return urlopen(url, timeout=10).read().decode()


def app(environ, start_response):
    start_response("200 OK", [("Content-Type", "text/plain")])
    path = environ["PATH_INFO"]
    if path == "/name":
        return [b"shop"]
    if path == "/prices":
        return [" ".join(get(os.environ["PRICES_URL"] + "/") for _ in range(8)).encode()]
    address = f"{os.environ['STOCK_HOST']}:{os.environ['STOCK_PORT']}"
    return [f"{get(os.environ['STOCK_URL'] + '/circle')} at {address}".encode()]
