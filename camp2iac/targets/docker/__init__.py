"""Docker: an engine on a laptop, where a plan is tried before it is deployed."""
