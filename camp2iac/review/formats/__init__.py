"""The port report as text, Markdown or JSON: one file a format."""
