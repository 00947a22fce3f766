"""camp2iac."""
