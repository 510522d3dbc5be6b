from django.http import HttpResponse
from django.urls import path


def home(request):
    return HttpResponse("library catalogue\n")


urlpatterns = [path("", home)]
