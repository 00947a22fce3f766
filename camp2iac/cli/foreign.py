"""What is printed, without effect on a terminal or a CI system: the last step before a stream.

Names, descriptions, content and file names can be anything, and the output can be in a log that GitHub Actions, GitLab
or Azure Pipelines reads, or on a terminal. The formats escape what they show. This is the guard for all of it, so that
no place can forget: :func:`camp2iac.cli.console.write` is the only function that writes to a stream.
"""

from __future__ import annotations

import re

from camp2iac.diagnostics.excerpt import shown

# Colours are ours. All other controls, characters that end a line elsewhere, and those that change the direction
_SIGN = re.compile(
    "\x1b\\[[0-9;]*m|[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069]"
)
# GitHub's runner: "::" at the beginning of a line, after any spaces, and "##[" anywhere. Azure: "##vso[" anywhere
_COMMAND = re.compile(r"^([^\S\n]*):(?=:(?!:))", re.MULTILINE)
_SHARP = re.compile(r"##(?=\w{0,20}\[)")


def harmless_output(text: str, *, colour: bool, commands: bool = False) -> str:
    """Text for a stream, with the same lines.

    Args:
        colour: keep sequences that set a colour or a style.
        commands: the text consists of workflow commands, as from ``--output github``, whose format escapes all words.
    """
    text = _SIGN.sub(lambda found: found[0] if colour and found[0][1:] else "".join(map(shown, found[0])), text)
    if commands:
        return text
    return _SHARP.sub(_apart(text), _COMMAND.sub(r"\1: ", text))


def _apart(text: str) -> str:
    """What to write for two number signs before a bracket: in JSON, an escape, so that the string stays the same."""
    json = text[:1] in ("{", "[") and text.rstrip()[-1:] in ("}", "]")
    return r"#\\u0023" if json else "## "
