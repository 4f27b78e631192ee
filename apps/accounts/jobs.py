"""Jobs about people."""

from apps.accounts import mail
from apps.core.queue import job


@job("accounts.send_mail")
def send_mail(sealed: str, *, by) -> None:
    """Send one message; a mail server that does not answer is tried again."""
    mail.send(sealed)
