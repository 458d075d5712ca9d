"""The queue: Celery over a broker that may forget everything (decision 35)."""

from typing import Any

from portal.environment import IS_DEMONSTRATION, STATE_DIR, number, setting

CELERY_BROKER_URL = setting("CELERY_BROKER_URL", "filesystem://localhost//")
CELERY_BROKER_CONNECTION_TIMEOUT = 2
CELERY_BROKER_CONNECTION_MAX_RETRIES = None
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_TASK_SOFT_TIME_LIMIT = 45
CELERY_TASK_TIME_LIMIT = 60
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_MAX_TASKS_PER_CHILD = 500
CELERY_WORKER_MAX_MEMORY_PER_CHILD = 600_000  # KiB; replaced when idle again
CELERY_WORKER_CANCEL_LONG_RUNNING_TASKS_ON_CONNECTION_LOSS = True
# Takes effect on SIGQUIT, or on SIGTERM with REMAP_SIGTERM=SIGQUIT.
CELERY_WORKER_SOFT_SHUTDOWN_TIMEOUT = 30
# A wall for one child, in MiB, so that what bursts is a message and not the machine.
# The demonstration's database may be a child of the worker, and must not meet it.
WORKER_MEMORY_LIMIT = number("PROVESVAR_WORKER_MEMORY", 0 if IS_DEMONSTRATION else 1024)


def _every(seconds: float, task: str) -> dict[str, Any]:
    """Woken by the clock; what the last round did not get to is for the next."""
    return {"task": task, "schedule": seconds, "options": {"expires": seconds}}


_INGESTION = "results.ingestion.tasks"
# Beside each package's `tasks`.
CELERY_IMPORTS = ["results.ingestion.purge"]
CELERY_BEAT_SCHEDULE = {
    "drain": _every(5.0, f"{_INGESTION}.drain"),
    "send what waits": _every(5.0, f"{_INGESTION}.send_outbox"),
    "erase what is reserved": _every(60.0, f"{_INGESTION}.erase_reserved"),
    "raise alarms": _every(60.0, f"{_INGESTION}.raise_alarms"),
    "notice silence": _every(300.0, f"{_INGESTION}.notice_silence"),
    "notice unfetched receipts": _every(3600.0, f"{_INGESTION}.notice_unfetched"),
    "learn habits": _every(24 * 3600.0, f"{_INGESTION}.learn_habits"),
    "purge": _every(24 * 3600.0, "results.ingestion.purge.purge"),
    "end sessions": _every(600.0, "access.tasks.end_sessions"),
    "forget used proofs": _every(600.0, "access.tasks.forget_used_proofs"),
    "send notices": _every(60.0, "access.tasks.send_waiting_notices"),
    "seal the log": _every(60.0, "access.tasks.seal_log"),
    "watch the log": _every(60.0, "access.tasks.watch_log"),
    "check the log's pages": _every(24 * 3600.0, "access.tasks.check_log_pages"),
    "watch looks": _every(24 * 3600.0, "access.tasks.watch_looks"),
    "follow cases": _every(600.0, "access.tasks.follow_cases"),
    "follow answers nobody assesses": _every(3600.0, "access.tasks.follow_unassessed"),
    "erase the old log": _every(24 * 3600.0, "access.tasks.erase_log"),
    "make the log's months": _every(24 * 3600.0, "access.tasks.make_log_months"),
}
CELERY_BEAT_SCHEDULE_FILENAME = str(STATE_DIR / "beat-schedule")
if CELERY_BROKER_URL.startswith(("amqp", "pyamqp")):
    CELERY_BROKER_HEARTBEAT = 20
    CELERY_BROKER_TRANSPORT_OPTIONS: dict[str, Any] = {
        "confirm_publish": True,
        "max_retries": 0,
    }
    CELERY_TASK_DEFAULT_QUEUE = "provesvar"
    CELERY_TASK_DEFAULT_QUEUE_TYPE = "quorum"
elif CELERY_BROKER_URL.startswith("filesystem"):
    _BROKER_DIR = STATE_DIR / "broker"
    CELERY_BROKER_TRANSPORT_OPTIONS = {
        "data_folder_in": str(_BROKER_DIR / "queue"),
        "data_folder_out": str(_BROKER_DIR / "queue"),
        "control_folder": str(_BROKER_DIR / "control"),
    }
