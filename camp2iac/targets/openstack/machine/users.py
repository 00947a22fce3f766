"""Users that own data on volumes: the same name and id on each instance that the volume is ever attached to."""

from __future__ import annotations

import hashlib

from camp2iac.topology.model import Component

# Free on all systems: above UID_MAX of login.defs and systemd's dynamic users, below SUB_UID_MIN.
_FIRST, _COUNT = 65_536, 34_000


def name(component: Component) -> str:
    """The user of a component, within the 32 characters that Linux allows."""
    user = f"camp-{component.id}"
    return user if len(user) <= 32 else f"{user[:23]}-{hashlib.sha256(user.encode()).hexdigest()[:8]}"


def uid(user: str) -> int:
    """The id of a user, which depends only on its name."""
    return _FIRST + int(hashlib.sha256(user.encode()).hexdigest()[:8], 16) % _COUNT
