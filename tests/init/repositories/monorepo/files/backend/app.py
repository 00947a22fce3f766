import os

from bottle import default_app

database = os.environ["DATABASE_URL"]
cache = os.environ["REDIS_URL"]
app = default_app()
