"""Where pictures are kept (Redis) and jobs wait (RabbitMQ). Reads REDIS_URL and RABBITMQ_URL, or CACHE_URL and JOBS_URL."""
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
    return pika.BlockingConnection(pika.URLParameters(os.environ.get("JOBS_URL") or os.environ["RABBITMQ_URL"]))
