"""The decisions: settings, Heroku's offers, apps, add-ons and their attachments, builds, formations."""
