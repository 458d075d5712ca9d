"""Serves the provider on the loopback address, a thread for each request."""

import logging
from socketserver import ThreadingMixIn
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

from portal.demo.provider.application import Provider
from portal.demo.provider.notices import send_notice

logger = logging.getLogger(__name__)


class ThreadingServer(ThreadingMixIn, WSGIServer):
    daemon_threads = True


class QuietHandler(WSGIRequestHandler):
    """Queries hold codes and tokens, so the log gets the path alone; and no look-up of
    the caller's name, which may take seconds."""

    def address_string(self) -> str:
        return self.client_address[0]

    def log_message(self, format: str, *args: object) -> None:
        logger.info("%s %s", self.command, self.path.partition("?")[0])


def make_provider_server(port: int) -> WSGIServer:
    """A server ready to `serve_forever()`; OSError when the port is taken."""
    return make_server(
        "127.0.0.1",
        port,
        Provider(notify=send_notice),
        server_class=ThreadingServer,
        handler_class=QuietHandler,
    )
