"""The platforms that plans are compiled for."""
