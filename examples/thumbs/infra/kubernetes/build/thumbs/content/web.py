"""Takes pictures (PPM, binary). POST / gives an id, GET /<id> the small picture once it is made. WSGI application `app`."""
import uuid

from store import KEPT, QUEUE, cache, jobs

LARGEST = 4 * 1024 * 1024  # bytes


def app(environ, start_response):
    def say(status: str, text: str) -> list[bytes]:
        start_response(status, [("Content-Type", "text/plain; charset=utf-8")])
        return [text.encode() + b"\n"]

    path = environ["PATH_INFO"].strip("/")
    if environ["REQUEST_METHOD"] == "POST" and not path:
        length = int(environ.get("CONTENT_LENGTH") or 0)
        if length > LARGEST:
            return say("413 Content Too Large", "4 MiB at most")
        picture = environ["wsgi.input"].read(length)
        if not picture.startswith(b"P6"):
            return say("415 Unsupported Media Type", "a binary PPM picture (P6), please")
        name = str(uuid.uuid4())
        cache().set(f"picture:{name}", picture, ex=KEPT)
        connection = jobs()
        try:
            channel = connection.channel()
            channel.queue_declare(QUEUE, durable=True)
            channel.basic_publish("", QUEUE, name.encode())
        finally:
            connection.close()
        return say("202 Accepted", name)
    if not path:
        return say("200 OK", "POST a picture here")
    small = cache().get(f"small:{path}")
    if small is None:
        return say("404 Not Found", "not there, or not yet")
    start_response("200 OK", [("Content-Type", "image/x-portable-pixmap")])
    return [small]
