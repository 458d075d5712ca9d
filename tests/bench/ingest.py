"""From inbox to stored: beside bare COPY, by two workers, one by one, and grown."""

import json
import statistics
import subprocess
import sys
import time
from dataclasses import replace
from itertools import islice

from results.ingestion import inbox
from results.models import DiagnosticReport, ReceivedMessage
from results.vocabulary import MessageOutcome
from tests.bench.database import close, throw_away, use
from tests.bench.figures import say, seconds
from tests.bench.mix import batches, mix, receive_all
from tests.bench.rows import erase, multiply, put_back, written

ROUND = 1_000
ROUNDS = 5
PARALLEL = 4_000
ALONE = 300
SMALL, LARGE = 10_000, 100_000
GROWTH_ROUNDS = 6
GROWTH_ROUND = 600


def measure(*, scale: int) -> None:
    with throw_away("ingest"):
        against_copy()
    with throw_away("parallel") as name:
        in_parallel(name)
    with throw_away("tasks"):
        a_task_a_message()
    with throw_away("small") as small, throw_away("large") as large:
        grown(small, large, scale=scale)


def against_copy() -> None:
    """The same rows by the worker and by bare COPY, turn about, in emptied tables."""
    rates, copies = [], []
    size = 0.0
    for messages in batches(mix(ROUND * ROUNDS), ROUND):
        size = sum(len(m.content) for m in messages) / len(messages) / 1000
        receive_all(messages)
        took = seconds(lambda: inbox.drain(seconds=600))
        rates.append(len(messages) / took)
        chunks = written()
        count = sum(chunk.reports for chunk in chunks)
        erase()
        copies.append(count / seconds(lambda c=chunks: put_back(c)))
        erase()
    rate, copy = statistics.median(rates), statistics.median(copies)
    ratio = statistics.median([r / c for r, c in zip(rates, copies, strict=True)])
    say("ingest.reports_per_s", rate, "1/s", f"one worker, {size:.1f} kB each")
    say("ingest.copy_per_s", copy, "1/s", "bare COPY of the same rows, 200 a commit")
    say("ingest.copy_ratio", ratio, "ratio", "goal 0.25 or more")


def in_parallel(database: str) -> None:
    """One worker process, then two, on the same number of messages."""
    alone, together = [], []
    for messages in batches(mix(PARALLEL * 2), PARALLEL // 2):
        receive_all(messages)
        workers = 1 if len(alone) == len(together) else 2
        rate = len(messages) / _drained_by(workers, database)
        (alone if workers == 1 else together).append(rate)
    speedup = statistics.median(together) / statistics.median(alone)
    say("ingest.two_worker_speedup", speedup, "ratio", "goal 1.7 or more, two cores")
    receive_all(mix(200))
    _receive_large()
    _drained_by(1, database, name_peak=True)


def _drained_by(workers: int, database: str, *, name_peak: bool = False) -> float:
    close()
    running = [
        subprocess.Popen(
            [sys.executable, "-m", "tests.bench.worker", database],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for _ in range(workers)
    ]
    for process in running:
        process.stdout.readline()
    start = time.perf_counter()
    for process in running:
        process.stdin.write("go\n")
        process.stdin.flush()
    told = [json.loads(process.stdout.readline()) for process in running]
    took = time.perf_counter() - start
    for process in running:
        process.wait()
    if name_peak:
        peak = max(each["mb"] for each in told)
        say("ingest.worker_peak_mb", peak, "MB", "with a 10 MB message; goal under 400")
    return took


def _receive_large() -> None:
    """A message as large as is taken in: 10 MB, all but one kB of it text."""
    (message,) = mix(1)
    room = 10 * 1024 * 1024 - len(message.content) - 1024
    filler = b"<Comment>" + b"Lang merknad. " * (room // 14) + b"</Comment>"
    at = message.content.index(b"<ServReq>")
    content = message.content[:at] + filler + message.content[at:]
    receive_all([replace(message, content=content)])


def a_task_a_message() -> None:
    """The same work in transactions of one, without even a broker between."""
    together, alone = [], []
    for messages in batches(mix(ALONE * 6), ALONE):
        receive_all(messages)
        if len(together) == len(alone):
            together.append(seconds(lambda: inbox.drain(seconds=600)))
        else:
            waiting = list(
                ReceivedMessage.objects.filter(
                    outcome=MessageOutcome.RECEIVED
                ).values_list("id", flat=True)
            )
            alone.append(seconds(lambda w=waiting: [inbox.take(key) for key in w]))
    ratio = statistics.median(alone) / statistics.median(together)
    say("ingest.task_ratio", ratio, "ratio", "a message at a time, no broker; goal 5")


def grown(small: str, large: str, *, scale: int) -> None:
    """How much slower with ten times as much stored, turn about."""
    sizes = {small: SMALL, large: max(LARGE, scale)}
    template = mix(2_000)
    for name, size in sizes.items():
        use(name)
        receive_all(template)
        inbox.drain(seconds=600)
        multiply(size // 2_000 - 1)
        sizes[name] = DiagnosticReport.objects.count()
    times: dict[str, list[float]] = {small: [], large: []}
    fresh = batches(mix(GROWTH_ROUND * GROWTH_ROUNDS), GROWTH_ROUND)
    for messages in islice(fresh, GROWTH_ROUNDS):
        for name in (small, large):
            use(name)
            receive_all(messages)
            times[name].append(seconds(lambda: inbox.drain(seconds=600)))
    ratio = statistics.median(times[large]) / statistics.median(times[small])
    note = f"{sizes[small]} to {sizes[large]} reports stored; goal 1.25 or less"
    say("ingest.growth_ratio", ratio, "ratio", note)
