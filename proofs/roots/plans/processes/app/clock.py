"""Counts."""

import time

from queue_client import connect

send = connect()
while True:
    send("INCR", "ticks")
    time.sleep(1)
