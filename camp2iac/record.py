"""The base class of all records.

``class Span(Record, frozen=True)`` declares a record, like a dataclass, but without compiling code for each class at
every start (docs/adr/0013-records.md). ``field`` sets a mutable default. ``replace`` returns a copy with other values.
``dict=True`` allows a ``cached_property``. ``set_once`` is for the ``__post_init__`` of a frozen record. ``convert``
creates a record from plain data and checks it (:class:`ValidationError`). ``asdict`` returns the fields without copying
their values.
"""

from msgspec import Struct as Record
from msgspec import ValidationError, convert, field
from msgspec.structs import asdict, replace
from msgspec.structs import force_setattr as set_once

__all__ = ["Record", "ValidationError", "asdict", "convert", "field", "replace", "set_once"]
