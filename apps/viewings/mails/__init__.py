"""Mails about viewings: written down with the change (outbox), worded as they leave (letters), sent once (sending)."""
