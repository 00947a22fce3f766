import os

from fastapi import FastAPI

from api import stock

app = FastAPI(title="Stock")
database = os.environ["DATABASE_URL"]
