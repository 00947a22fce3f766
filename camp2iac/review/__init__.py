"""What reviewers need: the port report, the effects of a change, the output's README."""
