"""Takes work from the queue, and says which instance did it."""

import os
import pathlib
import socket

from queue_client import connect

send = connect()
while True:
    _, path = send("BRPOP", "work", 0)
    pathlib.Path("/srv/drafts/last").write_text(path)
    send("LPUSH", f"done:{path}", f"{socket.gethostname()} {os.environ['PORT']} {os.environ['WORD']}")
