"""Says hello."""

import os
from http.server import BaseHTTPRequestHandler, HTTPServer


class Page(BaseHTTPRequestHandler):
    """One page."""

    def do_GET(self) -> None:
        """Send it."""
        self.send_response(200)
        self.end_headers()
        self.wfile.write(os.environ["GREETING"].encode())


HTTPServer(("", int(os.environ["PORT"])), Page).serve_forever()
