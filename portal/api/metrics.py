"""Figures for those who watch the service, as Prometheus reads them."""

import datetime
import secrets
from collections.abc import Iterator

from django.conf import settings
from django.http import HttpResponse
from prometheus_client import CollectorRegistry
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.exposition import CONTENT_TYPE_LATEST, generate_latest
from prometheus_client.registry import Collector
from rest_framework.authentication import BaseAuthentication, get_authorization_header
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.views import APIView

from portal.api.authentication import TokenRefused
from results.identity import blot_out
from results.ingestion.watch import snapshot
from results.ingestion.watch.snapshot import Producer, Queue, Snapshot
from results.ingestion.watch.troubles import Trouble
from results.vocabulary import AlarmKind

_CLOSING = (Trouble.DISK, Trouble.INTAKE_BACKLOG, Trouble.INTAKE_QUARANTINE)
_WAITING = "Messages that wait for a worker"
_OUTBOX = "Receipts and alarms that are to be sent"
_ATTEMPTS = "Batches begun on and not ended"


class Watcher:
    """Whoever holds the token; no person, and no client of ours."""

    is_authenticated = True


class MetricsToken(BaseAuthentication):
    """The token of the settings, as Prometheus sends one. Without it, nobody."""

    def authenticate(self, request: Request) -> tuple[Watcher, None] | None:
        scheme, _blank, token = get_authorization_header(request).partition(b" ")
        if not scheme:
            return None
        expected = settings.METRICS_TOKEN.encode()
        is_right = secrets.compare_digest(token.strip(), expected)
        if scheme.lower() != b"bearer" or not expected or not is_right:
            raise TokenRefused("invalid_token")
        return Watcher(), None

    def authenticate_header(self, request: Request) -> str:
        return "Bearer"


class Metrics(APIView):
    """`GET /api/metrics`: gauges in Prometheus' text format, in a fixed number of
    queries. A producer is an opaque id; nothing is labelled with a person."""

    authentication_classes = [MetricsToken]
    permission_classes = [IsAuthenticated]

    def get(self, request: Request) -> HttpResponse:
        registry = CollectorRegistry(auto_describe=False)
        registry.register(_Figures())
        return HttpResponse(generate_latest(registry), content_type=CONTENT_TYPE_LATEST)


class _Figures(Collector):
    """Everything measured at one moment, in one transaction."""

    def describe(self) -> list[GaugeMetricFamily]:
        return []  # so that registering measures nothing

    def collect(self) -> Iterator[GaugeMetricFamily]:
        found, producers, alarms, unfetched = snapshot.full()
        yield from _of_inbox(found)
        yield from _queue("outbox", _OUTBOX, found.outbox, found.at)
        yield _gauge("receipts_unfetched", "Receipts left for a day or more", unfetched)
        yield from _queue("attempts", _ATTEMPTS, found.attempts, found.at)
        yield _of_workers(found)
        yield from _of_intake(found)
        yield _of_alarms(alarms)
        yield from _of_producers(producers, found.at)


def _of_inbox(found: Snapshot) -> Iterator[GaugeMetricFamily]:
    yield from _queue("inbox", _WAITING, found.waiting, found.at)
    yield _gauge("inbox_retried", f"{_WAITING} once more", found.retried)
    yield _gauge("quarantine", "Messages held for an operator", found.quarantined)


def _of_workers(found: Snapshot) -> GaugeMetricFamily:
    text = "Seconds since a machine's workers last ended a round"
    family = _family("worker_progress_age_seconds", text, "machine")
    for machine, last_at in sorted(found.progress.items()):
        family.add_metric([machine], _age(last_at, found.at))
    return family


def _of_intake(found: Snapshot) -> Iterator[GaugeMetricFamily]:
    family = _family("intake_closed", "1 where intake is closed for this", "reason")
    for trouble in _CLOSING:
        family.add_metric([trouble.value], float(found.closed is trouble))
    yield family
    if found.room is not None:
        yield _gauge("disk_free_ratio", "Free part of the data volume", found.room)


def _of_alarms(alarms: dict[str, int]) -> GaugeMetricFamily:
    family = _family("alarms_open", "Alarms that stand open", "kind")
    for kind in AlarmKind:
        family.add_metric([kind.value], alarms.get(kind.value, 0))
    return family


def _of_producers(
    producers: tuple[Producer, ...], now: datetime.datetime
) -> Iterator[GaugeMetricFamily]:
    names = GaugeMetricFamily(
        "provesvar_producer", "Who a producer is", labels=["producer", "name"]
    )
    received = _family("producer_received", "Messages of the last hour", "producer")
    rejected = _family("producer_rejected", "Refused of these", "producer")
    silent = _family("producer_silent_seconds", "Since its last message", "producer")
    for producer in producers:
        key = str(producer.id)
        names.add_metric([key, blot_out(producer.name)], 1)
        received.add_metric([key], producer.received)
        rejected.add_metric([key], producer.rejected)
        if producer.last_at:
            silent.add_metric([key], _age(producer.last_at, now))
    yield from (names, received, rejected, silent)


def _queue(
    name: str, text: str, queue: Queue, now: datetime.datetime
) -> Iterator[GaugeMetricFamily]:
    oldest = _age(queue.oldest_at, now) if queue.oldest_at else 0.0
    yield _gauge(name, text, queue.count)
    yield _gauge(f"{name}_oldest_seconds", f"{text}: age of the oldest", oldest)


def _gauge(name: str, text: str, value: float) -> GaugeMetricFamily:
    return GaugeMetricFamily(f"provesvar_{name}", text, value=value)


def _family(name: str, text: str, label: str) -> GaugeMetricFamily:
    return GaugeMetricFamily(f"provesvar_{name}", text, labels=[label])


def _age(at: datetime.datetime, now: datetime.datetime) -> float:
    return max(0.0, (now - at).total_seconds())
