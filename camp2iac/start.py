"""Where the program begins: it imports nothing before Ctrl-C has a meaning."""

from __future__ import annotations

import _signal as signal  # type: ignore[import-not-found]  # what signal is made of; that itself imports more


def main() -> None:
    """Run the command line and exit."""
    handler = signal.getsignal(signal.SIGINT)
    if handler is signal.default_int_handler:  # not where whoever started it has it ignored
        # Nobody can say yet that it was stopped: until then it just ends, as any program does.
        signal.signal(signal.SIGINT, signal.SIG_DFL)
    from camp2iac.cli import main as command_line

    command_line(handler)
