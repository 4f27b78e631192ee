"""Mails about viewings: written down with the change (outbox), worded when they leave (letters), sent once (sending)."""
