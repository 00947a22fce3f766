"""Write docs/conformance.md."""

from __future__ import annotations

from tests.conformance.document import PAGE, document

PAGE.write_text(document(), encoding="utf-8")
print(f"{PAGE.name} written")
