"""Decisions: the settings, what Heroku offers, apps, add-ons and their attachments, builds, formations."""
