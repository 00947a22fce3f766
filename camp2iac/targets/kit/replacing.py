"""The arguments of the random provider's resources that force a replacement: see :mod:`camp2iac.synth.force_new`."""

from __future__ import annotations

from camp2iac.synth.force_new import ALL, Replacing, table

RANDOM: Replacing = table({"random_password": (ALL,)})
"""Part of ``Lowered.replacing`` for a target that uses :meth:`ModuleBuilder.secret`."""
