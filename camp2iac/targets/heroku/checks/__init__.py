"""Checks of a layout, one per file. Each module has ``check(layout)``, which yields diagnostics."""
