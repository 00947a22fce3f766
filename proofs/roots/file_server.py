"""file_server.py ADDRESS PORT FOLDER SECRET: serve files to clients that authorise their requests.

SECRET: a file with ``KEY:SECRET`` for S3 (AWS Signature Version 4), or a token that is sent as ``Bearer``. Clients
of S3 can upload, but not in chunks (``aws-chunked``), as with OpenStack Swift.
https://docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-header-based-auth.html
"""

import hashlib
import hmac
import re
import sys
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

ADDRESS, PORT, FOLDER, SECRET = sys.argv[1:]
SIGNED = re.compile(r"AWS4-HMAC-SHA256 Credential=([^/]+)/([^,]+), *SignedHeaders=([^,]+), *Signature=(\w+)")


class Handler(SimpleHTTPRequestHandler):
    def do_GET(self) -> None:
        if not self.allowed():
            self.send_error(403)
        elif Path(self.translate_path(self.path)).exists():
            super().do_GET()
        else:
            self.answer(404, b"<Error><Code>NoSuchKey</Code></Error>")

    def do_PUT(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        if "aws-chunked" in self.headers.get("Content-Encoding", ""):
            self.answer(501, b"<Error><Code>NotImplemented</Code></Error>")
        elif not self.allowed() or hashlib.sha256(body).hexdigest() != self.headers.get("x-amz-content-sha256"):
            self.send_error(403)
        else:
            file = Path(self.translate_path(self.path))
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(body)
            self.answer(200)

    def answer(self, status: int, body: bytes = b"") -> None:
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def allowed(self) -> bool:
        secret, sent = Path(SECRET).read_text(), self.headers.get("Authorization", "")
        return self.signed(secret, sent) if ":" in secret else hmac.compare_digest(sent, f"Bearer {secret}")

    def signed(self, secret: str, sent: str) -> bool:
        found = SIGNED.fullmatch(sent)
        if not found:
            return False
        key, scope, names, signature = found.groups()
        own, _, password = secret.partition(":")
        headers = "".join(f"{name}:{(self.headers.get(name) or '').strip()}\n" for name in names.split(";"))
        body = self.headers.get("x-amz-content-sha256") or hashlib.sha256(b"").hexdigest()
        request = "\n".join([self.command, self.path, "", headers, names, body])
        text = "\n".join(
            ["AWS4-HMAC-SHA256", self.headers["x-amz-date"], scope, hashlib.sha256(request.encode()).hexdigest()]
        )
        made = f"AWS4{password}".encode()
        for part in scope.split("/"):
            made = hmac.digest(made, part.encode(), "sha256")
        return key == own and hmac.compare_digest(signature, hmac.digest(made, text.encode(), "sha256").hex())

    def log_message(self, *words: object) -> None:
        pass


ThreadingHTTPServer((ADDRESS, int(PORT)), lambda *more: Handler(*more, directory=FOLDER)).serve_forever()
