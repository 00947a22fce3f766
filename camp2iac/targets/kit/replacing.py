"""The arguments that force a replacement of resources that several targets use: see :mod:`camp2iac.synth.force_new`."""

from __future__ import annotations

from camp2iac.synth.force_new import ALL, Replacing, table

BUILT_IN: Replacing = table({"terraform_data": ("triggers_replace",)})
"""Part of ``Lowered.replacing`` for a target that uses Terraform's own resource."""

RANDOM: Replacing = table({"random_password": (ALL,)})
"""Part of ``Lowered.replacing`` for a target that uses :meth:`ModuleBuilder.secret`."""
