"""Adds a line to a file of its volume at each start."""

import time

with open("/srv/media/starts", "a") as file:
    file.write("started\n")
while True:
    time.sleep(60)
