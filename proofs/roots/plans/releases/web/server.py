import http.server
import os
import time

HEALTH = 200
WORDS = "one"
SLOW = 0  # seconds until it listens


class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(HEALTH if self.path == "/healthz" else 200)
        self.end_headers()
        self.wfile.write(f"{os.environ['TITLE']} {WORDS}".encode())


time.sleep(SLOW)
http.server.ThreadingHTTPServer(("0.0.0.0", int(os.environ["PORT"])), Handler).serve_forever()
