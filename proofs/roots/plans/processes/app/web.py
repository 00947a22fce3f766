"""Puts the path of each request into the queue, and answers with what a worker made of it."""

import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from queue_client import connect


class Handler(BaseHTTPRequestHandler):
    def do_GET(self):
        send = connect()
        if self.path == "/ticks":
            answer = send("GET", "ticks") or "0"
        else:
            send("LPUSH", "work", self.path)
            answer = (send("BRPOP", f"done:{self.path}", 5) or ["", "nobody"])[1]
        self.send_response(200)
        self.end_headers()
        self.wfile.write(answer.encode())


ThreadingHTTPServer(("0.0.0.0", int(sys.argv[1])), Handler).serve_forever()
