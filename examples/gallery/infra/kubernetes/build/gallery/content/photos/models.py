from django.db import models


class Photo(models.Model):
    title = models.CharField(max_length=80)
    image = models.ImageField(upload_to="photos/%Y")
    added = models.DateTimeField(auto_now_add=True)
