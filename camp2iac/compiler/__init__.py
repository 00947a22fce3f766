"""The phases of a compilation, each a function from values to a value that never changes afterwards.

:func:`read` gives a :class:`Reading`, :func:`compile` takes it with a :class:`Request` and gives a :class:`Compiled`.
What users of the library call is in :mod:`camp2iac.plan`.
"""

from camp2iac.compiler.phases import compile, content_root  # noqa: A004 - the name of the act
from camp2iac.compiler.reading import Origin, Reading, no_content, read, without
from camp2iac.compiler.values import Compiled, EnvironmentFile, InternalError, Request, Result

__all__ = [
    "Compiled",
    "EnvironmentFile",
    "InternalError",
    "Origin",
    "Reading",
    "Request",
    "Result",
    "compile",
    "content_root",
    "no_content",
    "read",
    "without",
]
