"""A real SMTP server for tests: it takes every mail over a socket, and keeps it."""

import email
import socketserver
import threading
from contextlib import contextmanager
from email.policy import default


class _Session(socketserver.StreamRequestHandler):
    """One conversation: enough of RFC 5321 for smtplib."""

    def handle(self):
        self.say("220 sink")
        self.to: list[str] = []
        while line := self.rfile.readline():
            word = line.decode().strip().upper()
            if word.startswith("QUIT"):
                self.say("221 bye")
                return
            self.answer(word, line.decode().strip())

    def answer(self, word, line):
        if word.startswith("RCPT TO:"):
            address = line[8:].strip().strip("<>").split(">")[0]
            if address in self.server.refused:
                self.say("550 no such mailbox")
                return
            self.to.append(address)
        elif word == "DATA":
            self.take()
            return
        elif word.startswith(("RSET", "MAIL")):
            self.to = []
        self.say("250 ok")

    def take(self):
        self.say("354 go on")
        lines = []
        while (line := self.rfile.readline()) not in (b".\r\n", b""):
            lines.append(line[1:] if line.startswith(b"..") else line)
        message = email.message_from_bytes(b"".join(lines), policy=default)
        with self.server.lock:
            self.server.taken.append((list(self.to), message))
        self.say("250 taken")

    def say(self, words):
        self.wfile.write(f"{words}\r\n".encode())


class Sink(socketserver.ThreadingTCPServer):
    """`taken` holds (addresses, message) in the order of arrival; addresses in `refused` are turned away."""

    allow_reuse_address = daemon_threads = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), _Session)
        self.taken, self.refused, self.lock = [], set(), threading.Lock()

    def to(self, address):
        """The messages that came for an address."""
        return [message for addresses, message in self.taken if address in addresses]


@contextmanager
def smtp_sink(settings):
    """Mail goes into the sink; Django's own backend for tests steps aside."""
    with Sink() as sink:
        threading.Thread(target=sink.serve_forever, args=(0.05,), daemon=True).start()
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = sink.server_address
        settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
        settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = ""
        yield sink
        sink.shutdown()
