"""The port report as text, Markdown or JSON. One file per format."""
