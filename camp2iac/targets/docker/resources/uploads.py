"""Files of the module's folder that containers get."""

from __future__ import annotations

from camp2iac.synth.module import Block, Document, body, call, expr, template


def upload(path: str, document: Document) -> Block:
    """A block for a file of the module's folder. It is not in the state."""
    here = template(expr("path.module"), f"/{document.path}")
    return Block(
        "upload",
        (),
        body(
            file=path,
            source=here,
            source_hash=call("filesha256", here),
            permissions="0555" if document.executable else "0444",
        ),
    )
