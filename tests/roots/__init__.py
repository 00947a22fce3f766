"""Machines booted for real: what the compiler makes of plans, executed by cloud-init in Debian's root file systems."""
