"""Adds a line to a file of its volume at each start."""

import time
from pathlib import Path

with Path("/srv/media/starts").open("a") as file:
    file.write("started\n")
while True:
    time.sleep(60)
