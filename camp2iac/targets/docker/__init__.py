"""Docker: a container per process and service."""
