"""Checks of a layout, one a file: each module here has ``check(layout)``, which gives what is wrong."""
