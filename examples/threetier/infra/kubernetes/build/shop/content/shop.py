"""What visitors see: goods to order. Reads STOCK_HOSTS, ORDERS, TITLE, SEAL. WSGI application `app`."""
import hashlib
import hmac
import html
import os
import urllib.error
from urllib.parse import parse_qs, urlencode

from peers import addresses, ask

STOCK = addresses(os.environ["STOCK_HOSTS"], 8001)
ORDERS = [os.environ["ORDERS"]]


def seal(good: str) -> str:
    return hmac.new(os.environ["SEAL"].encode(), good.encode(), hashlib.sha256).hexdigest()


def app(environ, start_response):
    def say(status: str, page: str, kind: str = "text/html") -> list[bytes]:
        start_response(status, [("Content-Type", f"{kind}; charset=utf-8")])
        return [page.encode() + b"\n"]

    if environ["PATH_INFO"] == "/healthz":
        return say("200 OK", "ok", "text/plain")
    try:
        said = ""
        if environ["REQUEST_METHOD"] == "POST":
            form = parse_qs(environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0)).decode())
            good = form.get("good", [""])[0]
            if not hmac.compare_digest(form.get("seal", [""])[0], seal(good)):
                return say("403 Forbidden", "not our form")
            try:
                ask(ORDERS, "/place?" + urlencode({"good": good}))
                said = f"<p>One {html.escape(good)} is yours.</p>"
            except urllib.error.HTTPError:
                said = f"<p>No {html.escape(good)} left.</p>"
        goods = ask(STOCK, "/goods")
    except OSError:
        return say("503 Service Unavailable", "<p>The storehouse does not answer.</p>")
    rows = "".join(
        f"<li>{html.escape(name)}: {left} <form method=post><input type=hidden name=good value='{html.escape(name)}'>"
        f"<input type=hidden name=seal value={seal(name)}><button>order</button></form></li>"
        for name, left in sorted(goods.items())
    )
    return say("200 OK", f"<h1>{html.escape(os.environ.get('TITLE', ''))}</h1>{said}<ul>{rows}</ul>")
