"""Running coroutines side by side that start one after the other, until one succeeds."""

__all__ = ("staggered_race",)

import contextlib

from . import events, locks, tasks


async def staggered_race(coro_fns, delay, *, loop=None):
    """Starts the coroutines that the functions give, each `delay` seconds after the one before or as soon as that
    failed, until one of them succeeds; the others are cancelled.

    Returns the result and the number of the winner, both None without one, and the list of the exceptions.
    """
    loop = loop or events.get_running_loop()
    functions = enumerate(coro_fns)
    exceptions, running = [], []
    result = winner = None

    async def run_next(before):
        nonlocal result, winner
        if before is not None:
            with contextlib.suppress(TimeoutError):
                await tasks.wait_for(before.wait(), delay)
        number, function = next(functions, (None, None))
        if function is None:
            return
        failed = locks.Event()
        running.append(loop.create_task(run_next(failed)))
        exceptions.append(None)
        try:
            value = await function()
        except (SystemExit, KeyboardInterrupt):
            raise
        except BaseException as e:
            exceptions[number] = e
            failed.set()
        else:
            result, winner = value, number
            for other, task in enumerate(running):
                if other != number:
                    task.cancel()

    running.append(loop.create_task(run_next(None)))
    try:
        finished = 0
        while finished != len(running):
            done, _ = await tasks.wait(running)
            finished = len(done)
            for task in done:
                if not task.cancelled() and task.exception():
                    raise task.exception()
        return result, winner, exceptions
    finally:
        for task in running:
            task.cancel()
