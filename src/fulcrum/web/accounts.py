"""Who may have an account: those whom an owner added. Nobody signs themselves up."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.contrib.auth import get_user_model
from django.http import HttpRequest
from django.shortcuts import render


class InvitedOnly(DefaultAccountAdapter):  # type: ignore[misc]
    """Closes the sign-up page, and says what went wrong in the desk's words."""

    error_messages = {  # noqa: RUF012  allauth reads it from the class
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": "This address and this password do not go together.",
        "incorrect_password": "This is not the password.",
        "too_many_login_attempts": "Too many tries in a short time. Wait five minutes, then try again.",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Never."""
        return False


class InvitedByIdentity(DefaultSocialAccountAdapter):  # type: ignore[misc]
    """Lets in by the company's identity provider whoever has an account under a verified address."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        """Never; an owner adds accounts."""
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:
        """Connect the identity to the account of the same verified address, or refuse."""
        if sociallogin.is_existing:
            return
        verified = [one.email.casefold() for one in sociallogin.email_addresses if one.verified is True]
        user = get_user_model().objects.filter(email__in=verified, is_active=True).first()
        if user is None:
            raise ImmediateHttpResponse(render(request, "fulcrum/not_invited.html", status=403))
        sociallogin.connect(request, user)
