"""The start of the program, which imports nothing before Ctrl-C is handled."""

from __future__ import annotations

import _signal as signal  # type: ignore[import-not-found]  # signal itself imports more modules


def main() -> None:
    """Run the command line and exit."""
    handler = signal.getsignal(signal.SIGINT)
    if handler is signal.default_int_handler:  # not if the parent process ignores SIGINT
        # Until the command line can report an interruption, Ctrl-C just ends the program.
        signal.signal(signal.SIGINT, signal.SIG_DFL)
    from camp2iac.cli import main as command_line

    command_line(handler)
