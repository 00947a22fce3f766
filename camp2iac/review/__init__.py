"""What a reviewer asks of a compilation: the port report, the output folder's own page."""
