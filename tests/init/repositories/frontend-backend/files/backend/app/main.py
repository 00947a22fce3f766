import os

from fastapi import FastAPI

from app import values

app = FastAPI()
DATABASE = os.environ["DATABASE_URL"]


@app.get("/")
async def index():
    return values.now()
