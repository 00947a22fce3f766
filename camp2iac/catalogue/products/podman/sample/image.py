"""image.py PROGRAM FILE.tar.gz: an image whose one layer is a program, as `podman save` writes one; each time the same bytes."""

import gzip
import hashlib
import io
import json
import sys
import tarfile
from pathlib import Path


def tar(files: dict[str, tuple[bytes, int]]) -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w", format=tarfile.USTAR_FORMAT) as archive:
        for name, (data, mode) in files.items():
            entry = tarfile.TarInfo(name)
            entry.size, entry.mode = len(data), mode
            archive.addfile(entry, io.BytesIO(data))
    return out.getvalue()


program, file = map(Path, sys.argv[1:])
layer = tar({program.name: (program.read_bytes(), 0o755)})
digest = hashlib.sha256(layer).hexdigest()
about = {
    "architecture": "amd64",
    "os": "linux",
    "created": "2026-01-01T00:00:00Z",
    "config": {"Entrypoint": [f"/{program.name}"]},
    "rootfs": {"type": "layers", "diff_ids": [f"sha256:{digest}"]},
}
config = json.dumps(about).encode()
name = f"{hashlib.sha256(config).hexdigest()}.json"
manifest = [{"Config": name, "RepoTags": [f"localhost/{program.name}:1"], "Layers": [f"{digest}.tar"]}]
parts = {name: (config, 0o644), f"{digest}.tar": (layer, 0o644), "manifest.json": (json.dumps(manifest).encode(), 0o644)}
file.write_bytes(gzip.compress(tar(parts), mtime=0))
