"""Which arguments of the random provider's resources make another resource; see :mod:`camp2iac.synth.force_new`."""

from __future__ import annotations

from camp2iac.synth.force_new import ALL, Replacing, table

RANDOM: Replacing = table({"random_password": (ALL,)})
"""For a target that makes secrets with :meth:`ModuleBuilder.secret`, as part of its ``Lowered.replacing``."""
