"""The ways in which content reaches an instance: one module for each, with a :class:`Delivery`.

``inline``: in base64 in the user data. ``compressed``: the same, as a gzip file, because it would not fit otherwise.
``object_store``: from the cloud's object store. ``release``: the same, again for each new release of the component.
``fetched``: from the plan's URL. ``choose`` selects one. A folder goes into the object store as one archive
(``packed``).

The module has the SHA-256 of the content as a literal. So a diff shows each change, Terraform refuses to apply content
that changed after the compilation (``unchanged``), and the instance checks what it gets.
"""

from __future__ import annotations

from typing import Protocol

from camp2iac.targets.openstack.machine.content import ContentRequest, DeliveredContent
from camp2iac.targets.openstack.machine.document import MachineDocument


class Delivery(Protocol):
    """A way in which content reaches an instance."""

    def deliver(self, document: MachineDocument, request: ContentRequest) -> DeliveredContent | None:
        """Add content to a document. None, and a diagnostic (CAMP425), if that is not possible."""
