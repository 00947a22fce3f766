"""The outcomes of statements that are the same wherever containers run."""
