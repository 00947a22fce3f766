import os

from flask import Flask

app = Flask(__name__)


@app.route("/")
def index():
    return "Hello"


app.config["SQLALCHEMY_DATABASE_URI"] = os.environ["DATABASE_URL"]
app.secret_key = os.environ["SECRET_KEY"]
