"""Whether the service is well, for load balancers and whoever wonders."""

import threading
import time

from rest_framework import status
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from results.ingestion.watch import snapshot
from results.ingestion.watch.troubles import Trouble

_MEASURED_FOR = 1.0
_lock = threading.Lock()
_known: tuple[float, tuple[Trouble, ...]] | None = None


class Health(APIView):
    """`GET /api/health`: open to all, hence words alone, and no numbers.

    `ok`; `degraded` where something needs an operator; `down`, with status 503, where
    nothing can be read. Measured at most once a second.
    """

    authentication_classes: tuple[()] = ()
    permission_classes = [AllowAny]

    def get(self, request: Request) -> Response:
        troubles = _troubles()
        is_down = Trouble.DATABASE in troubles
        standing = "down" if is_down else "degraded" if troubles else "ok"
        return Response(
            {"status": standing, "reasons": [str(t.label) for t in troubles]},
            status=status.HTTP_503_SERVICE_UNAVAILABLE if is_down else None,
            headers={"Retry-After": "10"} if is_down else None,
        )


def forget() -> None:
    """Measure anew when next asked."""
    global _known
    with _lock:
        _known = None


def _troubles() -> tuple[Trouble, ...]:
    global _known
    with _lock:
        now = time.monotonic()
        if _known is None or now - _known[0] >= _MEASURED_FOR:
            _known = (now, snapshot.troubles())
        return _known[1]
