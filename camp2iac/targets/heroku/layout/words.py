"""Helpers for sentences."""

from __future__ import annotations

import textwrap


def an(word: str) -> str:
    """``an essential-0``, ``a standard-1x``."""
    return f"{'an' if word[:1].lower() in 'aeiou' else 'a'} {word}"


def capital(text: str) -> str:
    """The string with a capital first letter."""
    return text[:1].upper() + text[1:]


def wrapped(text: str, width: int = 90) -> tuple[str, ...]:
    """A comment, wrapped to lines that fit the width of the code around it."""
    return tuple(textwrap.wrap(text, width, break_long_words=False, break_on_hyphens=False))
