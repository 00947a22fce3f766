"""Makes small pictures: takes ids from the queue, one after the other, for ever."""
import os
import re
import time

import pika.exceptions

from store import KEPT, QUEUE, cache, jobs

HEADER = re.compile(rb"P6\s(?:#[^\n]*\n)?\s*(\d+)\s+(\d+)\s+255\s")


def smaller(picture: bytes, edge: int) -> bytes:
    """The picture with its longer edge at most `edge` pixels: every n-th pixel of every n-th row."""
    found = HEADER.match(picture)
    if found is None:
        raise ValueError("not a picture")
    width, height = int(found[1]), int(found[2])
    pixels = picture[found.end() :]
    if len(pixels) < width * height * 3:
        raise ValueError("cut off")
    step = max(1, -(-max(width, height) // edge))
    rows = [
        b"".join(pixels[3 * (y * width + x) : 3 * (y * width + x) + 3] for x in range(0, width, step))
        for y in range(0, height, step)
    ]
    return b"P6\n%d %d\n255\n" % (len(rows[0]) // 3, len(rows)) + b"".join(rows)


def work() -> None:
    edge, connection = int(os.environ.get("EDGE", "64")), jobs()
    channel = connection.channel()
    channel.queue_declare(QUEUE, durable=True)
    channel.basic_qos(prefetch_count=1)
    print("waiting for pictures", flush=True)
    for method, _properties, body in channel.consume(QUEUE):
        name = body.decode()
        picture = cache().get(f"picture:{name}")
        try:
            if picture is not None:
                cache().set(f"small:{name}", smaller(picture, edge), ex=KEPT)
                print(f"{name}: done", flush=True)
        except ValueError as fault:
            print(f"{name}: {fault}", flush=True)
        channel.basic_ack(method.delivery_tag)


if __name__ == "__main__":
    while True:
        try:
            work()
        except pika.exceptions.AMQPError as fault:
            print(f"the queue cannot be reached: {fault!r}", flush=True)
            time.sleep(2)
