"""What is still missing before a desk may be reached from other machines, with what mends it."""

from collections.abc import Iterator


def missing_for_a_team() -> tuple[str, ...]:
    """Each thing that is missing, in a sentence with its remedy; empty when the desk may be opened."""
    return (*_accounts(), *_names(), *_https())


def _accounts() -> Iterator[str]:
    from django.contrib.auth import get_user_model

    from fulcrum.records.models import Member, Role, Workspace

    users = get_user_model().objects.filter(is_active=True)
    owners = Member.objects.filter(role=Role.OWNER, is_active=True).values("user_id")
    if Workspace.objects.exists():
        users = users.filter(pk__in=owners)
    if not any(user.has_usable_password() and user.email for user in users):
        slug = Workspace.objects.values_list("slug", flat=True).first()
        of = f" --owner-of {slug}" if slug else ""
        yield f"No owner can sign in. Run: fulcrum user add YOU@YOUR-COMPANY{of} --me"


def _names() -> Iterator[str]:
    from django.conf import settings

    if not settings.CSRF_TRUSTED_ORIGINS:
        yield "Its name is not said. Add: --open-to desk.your-company.example (or set FULCRUM_HOSTS)"


def _https() -> Iterator[str]:
    from django.conf import settings

    is_declared = settings.SECURE_PROXY_SSL_HEADER is not None
    if not settings.SESSION_COOKIE_SECURE and not is_declared:
        yield "HTTPS is switched off. Remove FULCRUM_HTTPS=no"
    elif not is_declared and settings.FULCRUM_CERTIFICATE is None:
        yield (
            "Nothing makes HTTPS of it. Set FULCRUM_CERT_FILE and FULCRUM_CERT_KEY_FILE; or, where a proxy "
            "in front does it and sets X-Forwarded-Proto itself, FULCRUM_PROXY=yes"
        )
