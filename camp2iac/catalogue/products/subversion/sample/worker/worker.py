"""Says where the service is, and stays."""

import os
import time
from urllib.parse import urlsplit

for name, value in sorted(os.environ.items()):
    if name.endswith("_URL"):
        print(name, urlsplit(value).hostname, flush=True)
while True:
    time.sleep(3600)
