"""Do the tests notice a fault? Faults are put into the source, one at a time, and tests run: ``tests/mutate``."""

#: Environment variables that tell the plugins of this package where to read and write.
TRACED = "MUTATION_TRACED"
SERVED = "MUTATION_SERVED"
CHOSEN = "MUTATION_CHOSEN"
