"""The phases of a compilation. Each is a function from values to a value that never changes.

:func:`read` returns a :class:`Reading`. :func:`compile` turns it and a :class:`Request` into a :class:`Compiled`. Users
of the library call :mod:`camp2iac.plan`.
"""

from camp2iac.compiler.phases import compile, content_root  # noqa: A004 - the name of the act
from camp2iac.compiler.reading import EXPORT_RECORD, Origin, Reading, environment_files, no_content, read, without
from camp2iac.compiler.values import Compiled, EnvironmentFile, InternalError, Request, Result

__all__ = [
    "EXPORT_RECORD",
    "Compiled",
    "EnvironmentFile",
    "InternalError",
    "Origin",
    "Reading",
    "Request",
    "Result",
    "compile",
    "content_root",
    "environment_files",
    "no_content",
    "read",
    "without",
]
