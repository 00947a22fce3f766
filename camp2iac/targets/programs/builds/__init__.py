"""How Node.js builds content: its package manager, its scripts, its workspaces, and what a site's build creates.

Both platforms build the same way: instances in a script, Heroku in its buildpack.
"""
