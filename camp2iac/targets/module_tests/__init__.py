"""Tests for ``terraform test``, which plan a module with mocked providers: without a cloud, without credentials.

They come from the finished module (its variables with their validations, and what has an instance for each of several
things), so they work for every target. A target that knows more has a method ``tests(module)`` that returns
:class:`ModuleTests`. The decision and its reasons: docs/adr/0042-terraform-tests.md.
"""

from camp2iac.targets.module_tests.generate import FILE, FOLDER, write
from camp2iac.targets.module_tests.given import ModuleTests

__all__ = ["FILE", "FOLDER", "ModuleTests", "write"]
