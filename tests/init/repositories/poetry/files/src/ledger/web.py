import os

from flask import Flask

from ledger.accounts import balance

app = Flask(__name__)
DATABASE = os.environ["DATABASE_URL"]


@app.get("/")
def index():
    return str(balance())
