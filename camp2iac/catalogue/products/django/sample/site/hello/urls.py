from django.http import HttpResponse
from django.urls import path
from greetings.models import Greeting


def greet(request):
    words = [greeting.words for greeting in Greeting.objects.all()]
    return HttpResponse("\n".join(words), content_type="text/plain")


urlpatterns = [path("", greet)]
