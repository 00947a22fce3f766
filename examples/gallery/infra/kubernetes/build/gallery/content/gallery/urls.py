from django.conf import settings
from django.urls import path
from django.views.static import serve

from photos import views

urlpatterns = [path("", views.photos, name="photos"), path("healthz", views.health)]
if settings.SERVE_MEDIA:
    urlpatterns.append(path("media/<path:path>", serve, {"document_root": settings.MEDIA_ROOT}))
