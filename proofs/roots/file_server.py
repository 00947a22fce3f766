"""file_server.py ADDRESS PORT FOLDER SECRET: serve files to clients that authorise their requests.

SECRET: a file with ``KEY:SECRET`` for S3 (AWS Signature Version 4), or a token that is sent as ``Bearer``.
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
        secret, sent = Path(SECRET).read_text(), self.headers.get("Authorization", "")
        if self.signed(secret, sent) if ":" in secret else hmac.compare_digest(sent, f"Bearer {secret}"):
            super().do_GET()
        else:
            self.send_error(403)

    def signed(self, secret: str, sent: str) -> bool:
        found = SIGNED.fullmatch(sent)
        if not found:
            return False
        key, scope, names, signature = found.groups()
        own, _, password = secret.partition(":")
        headers = "".join(f"{name}:{(self.headers.get(name) or '').strip()}\n" for name in names.split(";"))
        body = self.headers.get("x-amz-content-sha256") or hashlib.sha256(b"").hexdigest()
        request = "\n".join(["GET", self.path, "", headers, names, body])
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
