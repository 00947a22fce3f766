"""Records: the values that the phases hand on.

``class Span(Record, frozen=True)`` declares one, as a dataclass does, without a decorator that compiles code for each
class at every start (docs/adr/0013-records.md). ``field`` gives a mutable default, ``replace`` a copy with other
values; ``dict=True`` makes room for a ``cached_property``; ``set_once`` is for the ``__post_init__`` of a frozen one.
``convert`` makes one from plain data, which it checks (:class:`ValidationError`); ``asdict`` gives its fields, not
copied.
"""

from msgspec import Struct as Record
from msgspec import ValidationError, convert, field
from msgspec.structs import asdict, replace
from msgspec.structs import force_setattr as set_once

__all__ = ["Record", "ValidationError", "asdict", "convert", "field", "replace", "set_once"]
