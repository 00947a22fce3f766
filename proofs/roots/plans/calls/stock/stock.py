"""Asks the shop, on another instance, and the audit, on this one."""

import os
from urllib.request import urlopen


def get(url):
    return urlopen(url, timeout=10).read().decode()


def app(environ, start_response):
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [f"{get(os.environ['SHOP_URL'] + '/name')} {get(os.environ['AUDIT_URL'])}".encode()]
