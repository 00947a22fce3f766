"""Decisions for a plan on a Kubernetes cluster. Functions here write nothing."""
