"""Whether the tests notice: faults are put into the source, one at a time, and the tests run (``tests/mutate``)."""
