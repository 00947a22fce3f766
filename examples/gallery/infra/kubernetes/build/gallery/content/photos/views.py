import logging

from django.conf import settings
from django.core.mail import send_mail
from django.forms import modelform_factory
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from photos.models import Photo

Form = modelform_factory(Photo, fields=["title", "image"])


def photos(request: HttpRequest) -> HttpResponse:
    form = Form(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        tell(form.save())
        return redirect("photos")
    return render(request, "photos.html", {"form": form, "photos": Photo.objects.order_by("-added")})


def tell(photo: Photo) -> None:
    """Send a mail to the curator. A mail server that is away does not stop an upload."""
    try:
        send_mail(f"A new photo: {photo.title}", photo.image.url, None, [settings.CURATOR])
    except OSError:
        logging.exception("the curator was not told about %s", photo.image.name)


def health(request: HttpRequest) -> HttpResponse:
    return HttpResponse("ok\n", content_type="text/plain")
