"""Checks the project's English: the word list of docs/style.md, and proselint.

``python -m tests.language`` checks all texts; with paths, only these. See docs/style.md.
"""
