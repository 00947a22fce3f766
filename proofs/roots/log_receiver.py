"""A receiver of syslog over TLS (RFC 5425): ``log_receiver.py ADDRESS PORT CERTIFICATE KEY FILE``.

It appends each message to a file, in one line. SIGTERM: it ends at once, and its connections with it.
"""

from __future__ import annotations

import signal
import socketserver
import ssl
import sys
import threading
from pathlib import Path


class Connection(socketserver.StreamRequestHandler):
    """One client. A message is its length in bytes, a space and the bytes."""

    server: Receiver

    def handle(self) -> None:
        try:
            with self.server.tls.wrap_socket(self.request, server_side=True) as wrapped, wrapped.makefile("rb") as read:
                while size := _number(read.read(1), read):
                    self.server.keep(read.read(size))
        except OSError:
            return


def _number(first: bytes, read: object) -> int:
    digits = b""
    while first and first != b" ":
        digits += first
        first = read.read(1)  # type: ignore[attr-defined]
    return int(digits or b"0")


class Receiver(socketserver.ThreadingTCPServer):
    """The server."""

    allow_reuse_address = True
    daemon_threads = True

    def __init__(self, address: tuple[str, int], certificate: str, key: str, file: Path) -> None:
        self.tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self.tls.load_cert_chain(certificate, key)
        self.file, self.lock = file.open("ab", buffering=0), threading.Lock()
        super().__init__(address, Connection)

    def keep(self, message: bytes) -> None:
        """Append a message."""
        with self.lock:
            self.file.write(message.replace(b"\n", b" ") + b"\n")


if __name__ == "__main__":
    host, port, certificate, key, file = sys.argv[1:]
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    with Receiver((host, int(port)), certificate, key, Path(file)) as receiver:
        print("listening", flush=True)
        receiver.serve_forever()
