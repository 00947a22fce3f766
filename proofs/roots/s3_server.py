"""An S3 server at the gateway of the instances' network: moto from PyPI, in an environment of its own."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

from roots.machine import HOME, VM
from roots.repository import HOST

PORT = 9000
URL = f"http://{HOST}:{PORT}"
_CLIENT = """
import sys, boto3
from botocore.config import Config
url, bucket, folder, *more = sys.argv[1:]
s3 = boto3.client("s3", endpoint_url=url, aws_access_key_id="a", aws_secret_access_key="b", region_name="us-east-1",
                  config=Config(proxies={}))
"""
_COPY = """
for page in s3.get_paginator("list_objects_v2").paginate(Bucket=bucket, Prefix=f"{folder}/"):
    for key in (each["Key"] for each in page["Contents"]):
        s3.copy_object(Bucket=bucket, Key=more[0] + key[len(folder):], CopySource={"Bucket": bucket, "Key": key})
"""
_FLIP = """
packs = s3.list_objects_v2(Bucket=bucket, Prefix=f"{folder}/data/")["Contents"]
key = max(packs, key=lambda each: each["Size"])["Key"]
data = bytearray(s3.get_object(Bucket=bucket, Key=key)["Body"].read())
data[len(data) // 3] ^= 1
s3.put_object(Bucket=bucket, Key=key, Body=bytes(data))
print(key)
"""


class S3Server:
    """The server, while a fleet's networks are up. Its objects are in memory."""

    def __init__(self, world: Path, log: Path) -> None:
        self.environment = {**os.environ, "VM_STATE": str(world)}
        tools = _tools()
        words = [VM, "net-exec", tools / "moto_server", "--host", "0.0.0.0", "--port", str(PORT)]
        with log.open("ab") as out:
            self.process = subprocess.Popen(list(map(str, words)), env=self.environment, stdout=out, stderr=out)
        end = time.monotonic() + 60
        ask = [VM, "net-exec", "curl", "-fsS", "--noproxy", "*", "--max-time", "5", f"{URL}/moto-api/data.json"]
        while subprocess.run(ask, env=self.environment, capture_output=True, check=False).returncode:
            assert time.monotonic() < end, log.read_text()
            time.sleep(0.5)

    def flip(self, bucket: str, folder: str) -> str:
        """Flip one bit in the largest file with data below a folder. Return the file's name."""
        return self._ask(_FLIP, bucket, folder)

    def copy(self, bucket: str, folder: str, other: str) -> None:
        """Copy everything in a folder to another."""
        self._ask(_COPY, bucket, folder, other)

    def _ask(self, code: str, *words: str) -> str:
        command = [VM, "net-exec", _tools() / "python", "-c", _CLIENT + code, URL, *words]
        done = subprocess.run(command, env=self.environment, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        return done.stdout.strip()

    def close(self) -> None:
        """End it."""
        self.process.terminate()
        self.process.wait(20)


def _tools() -> Path:
    """The programs of an environment with the server, and with a client."""
    folder = HOME / "s3-server"
    if not (folder / "bin/moto_server").exists():
        subprocess.run([sys.executable, "-m", "venv", folder], check=True)
        subprocess.run([folder / "bin/pip", "install", "--quiet", "moto[s3,server]==5.*"], check=True)
    return folder / "bin"
