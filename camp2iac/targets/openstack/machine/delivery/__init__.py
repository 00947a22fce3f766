"""The ways by which content reaches a machine: one module a way, each a :class:`Delivery`.

``inline``: in base64 within user_data. ``object_store``: fetched from the cloud's object store. ``release``: like that,
and again whenever the component has a new release. ``fetched``: from where the plan says it is. ``choose`` picks one.
A folder goes into the object store as one archive: ``packed``.

What is sent has its SHA-256 in the module as a literal: a change is seen in the diff, refused before an apply until it
was compiled (``unchanged``), and the machine compares what it received.
"""

from __future__ import annotations

from typing import Protocol

from camp2iac.targets.openstack.machine.content import ContentRequest, DeliveredContent
from camp2iac.targets.openstack.machine.document import MachineDocument


class Delivery(Protocol):
    """A way by which content reaches a machine."""

    def deliver(self, document: MachineDocument, request: ContentRequest) -> DeliveredContent | None:
        """Add content to a machine's document; None, and a diagnostic (CAMP425), where that cannot be."""
