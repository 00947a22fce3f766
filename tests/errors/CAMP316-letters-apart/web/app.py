app = "served by gunicorn"
