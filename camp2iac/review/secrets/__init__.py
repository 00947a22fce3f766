"""The secrets of an output: who makes them, where they are kept, who gets them, and how to rotate them.

:mod:`.flow` finds them in the module, and what gets them. :mod:`.report` says it in words, with the table of the
target. No part of it reads the value of a secret.
"""
