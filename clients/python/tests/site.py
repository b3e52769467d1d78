"""Views of the tests' site."""

from django.contrib.auth import get_user_model, login, logout
from django.http import HttpResponse
from django.urls import path


def home(request, name="home"):
    request.session["seen"] = request.session.get("seen", 0) + 1
    return HttpResponse(f"{request.session['seen']} {request.user.get_username()}")


def sign_in(request, name):
    user, _ = get_user_model().objects.get_or_create(username=name)
    login(request, user)
    return HttpResponse(str(user.pk))


def sign_out(request):
    logout(request)
    return HttpResponse("out")


urlpatterns = [path("", home), path("pages/<str:name>", home), path("sign-in/<str:name>", sign_in), path("sign-out", sign_out)]
