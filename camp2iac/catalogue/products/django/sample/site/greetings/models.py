from django.db import models


class Greeting(models.Model):
    words = models.TextField()
