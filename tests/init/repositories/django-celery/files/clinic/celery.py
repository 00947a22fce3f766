from celery import Celery

app = Celery("clinic")
