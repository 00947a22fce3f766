"""Renamed parts of a plan: ``org.camp2iac:previously`` (docs/adr/0027-renames.md).

:mod:`.reading` finds the key and removes it from the plan. :mod:`.former` gives the plan as it was with the oldest
names. A target compiles both: what exists in the cloud follows the oldest names.
"""
