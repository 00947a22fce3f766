"""What a plan comes in: a bare file, a folder or an archive, read through one small interface."""

from __future__ import annotations

from typing import Protocol


class Package(Protocol):
    """The files that came with a plan. Paths are relative to its root, with ``/``, and never leave it."""

    @property
    def name(self) -> str:
        """The name to show: ``shop.zip``, ``shop/``, ``camp.yaml``."""

    @property
    def folder(self) -> str | None:
        """The absolute path of the folder that the files really lie in; None for archives and standard input."""

    def files(self, under: str = "") -> tuple[str, ...]:
        """All files below a folder (``""``: the root), sorted. What belongs to no content is left out."""

    def stays(self) -> tuple[str, ...]:
        """Regular expressions (RE2) of what of the package is no content, besides what is none in any folder."""

    def ruled(self, under: str) -> bool:
        """Whether some ``.gitignore``, in a folder's content or above it, may leave out what lies in it."""

    def travels(self, path: str) -> bool:
        """Whether no rule leaves out a file; one that is named travels all the same."""

    def is_file(self, path: str) -> bool:
        """Whether a file has that path."""

    def is_folder(self, path: str) -> bool:
        """Whether a folder has that path."""

    def read(self, path: str) -> bytes:
        """A file's bytes."""

    def size(self, path: str) -> int:
        """How many bytes a file has."""

    def is_executable(self, path: str) -> bool:
        """Whether its owner may execute it."""

    def sha256(self, path: str) -> str:
        """The SHA-256 of a file, in hexadecimal digits."""
