"""What stands in the place of pages that the accounts library would offer and this desk must not.

Whoever could change their own address could take the invitation, or the company identity, of somebody else.
"""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from fulcrum.web.pages import Open, page


def address(request: HttpRequest) -> HttpResponse:
    """That the owners keep it."""
    return render(request, "account/email.html")


urlpatterns = [page("email/", address, name="account_email", reads=Open.SIGNED_IN)]
