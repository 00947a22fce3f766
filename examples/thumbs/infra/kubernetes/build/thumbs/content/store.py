"""Where pictures are kept (Redis) and jobs wait (RabbitMQ). Reads CACHE_URL (or REDIS_URL) and JOBS_URL (or AMQP_URL)."""
import os

import pika
import redis

QUEUE = "thumbs"
KEPT = 24 * 60 * 60  # seconds


def cache() -> redis.Redis:
    url = os.environ.get("CACHE_URL") or os.environ["REDIS_URL"]
    # Heroku's certificates are self-signed.
    return redis.Redis.from_url(url, **({"ssl_cert_reqs": None} if url.startswith("rediss:") else {}))


def jobs() -> pika.BlockingConnection:
    return pika.BlockingConnection(pika.URLParameters(os.environ.get("JOBS_URL") or os.environ["AMQP_URL"]))
