"""Run the local identity provider."""

import contextlib
import errno

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from portal.demo.provider.server import make_provider_server


class Command(BaseCommand):
    help = "Serve the local identity provider on 127.0.0.1 (demonstration only)."
    requires_system_checks = []

    def handle(self, *args: object, **options: object) -> None:
        port = settings.LOGIN_PORT
        try:
            server = make_provider_server(port)
        except OSError as error:
            if error.errno != errno.EADDRINUSE:
                raise
            raise CommandError(
                f"Port {port} is taken. Set PROVESVAR_LOGIN_PORT to a free one."
            ) from error
        self.stdout.write(f"Local identity provider: http://login.localhost:{port}")
        with server, contextlib.suppress(KeyboardInterrupt):
            server.serve_forever()
