"""Other formats into CAMP plans."""
