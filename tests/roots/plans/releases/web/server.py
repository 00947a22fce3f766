import http.server
import os

HEALTH = 200
WORDS = "one"


class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(HEALTH if self.path == "/healthz" else 200)
        self.end_headers()
        self.wfile.write(f"{os.environ['TITLE']} {WORDS}".encode())


http.server.ThreadingHTTPServer(("0.0.0.0", int(os.environ["PORT"])), Handler).serve_forever()
