"""The difference of two versions of a plan, its environments and their outputs: what applying the new one does."""
