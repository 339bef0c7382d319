"""Concurrency in one thread: coroutines that take turns in an event loop."""

from . import (
    base_events, coroutines, events, exceptions, futures, locks, protocols, queues, runners, streams, subprocess,
    taskgroups, tasks, threads, timeouts, transports, unix_events,
)
from .base_events import *
from .coroutines import *
from .events import *
from .exceptions import *
from .futures import *
from .locks import *
from .protocols import *
from .queues import *
from .runners import *
from .streams import *
from .subprocess import *
from .taskgroups import *
from .tasks import *
from .threads import *
from .timeouts import *
from .transports import *
from .unix_events import *

__all__ = [
    name
    for module in (
        base_events, coroutines, events, exceptions, futures, locks, protocols, runners, queues, streams, subprocess,
        taskgroups, tasks, threads, timeouts, transports, unix_events,
    )
    for name in module.__all__
]
