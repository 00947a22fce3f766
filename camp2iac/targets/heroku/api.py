"""All names for authors of artifact kinds: how Heroku builds and starts content of a type that camp2iac does not know.

A kind is a function that takes a :class:`Build`, registered as an entry point of the group ``camp2iac.heroku.kinds``.
It completes the copy of the content, records outcomes, and returns the command of the ``web`` process, or None.
"""

from camp2iac.targets.heroku.runtimes import Build
from camp2iac.targets.kit.copies import Copy

__all__ = ["Build", "Copy"]
