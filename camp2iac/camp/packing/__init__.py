"""Make, sign and unpack Platform Deployment Packages (docs/packages.md, ADR 48)."""
