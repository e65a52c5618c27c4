"""Every address of the desk."""

from django.urls import include, path

urlpatterns = [
    path("accounts/", include("fulcrum.web.views.own_account")),
    path("accounts/", include("allauth.urls")),
    path("", include("fulcrum.web.urls")),
]
