"""Errors in a plan or an environment file that only Kubernetes knows: one file per check."""
