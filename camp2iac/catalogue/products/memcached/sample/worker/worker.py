"""Puts a word into the cache and reads it back, again and again."""

import os
import socket
import time
from urllib.parse import urlsplit

cache = urlsplit(os.environ["MEMCACHED_URL"])
while True:
    with socket.create_connection((cache.hostname, cache.port), timeout=10) as connection:
        connection.sendall(b"set word 0 0 9\r\nit's here\r\nget word\r\nquit\r\n")
        print(b"".join(iter(lambda: connection.recv(1024), b"")).decode(), flush=True)
    time.sleep(5)
