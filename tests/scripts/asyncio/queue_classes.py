# Queues between tasks: subclasses that keep items elsewhere, errors, attributes that programs look at, order.
import asyncio


class Unique(asyncio.Queue):
    """Keeps each item once."""

    def _init(self, maxsize):
        self._queue = {}

    def _put(self, item):
        self._queue[item] = None

    def _get(self):
        item = next(iter(self._queue))
        del self._queue[item]
        return item


class Counted(asyncio.Queue):
    asked = 0

    def full(self):
        self.asked += 1
        return super().full()

    def qsize(self):
        return len(self._queue)


class Closing(asyncio.Queue):
    def put_nowait(self, item):
        if item is None:
            raise ValueError("nothing")
        return super().put_nowait(item)


def attempt(f, *args):
    try:
        return f(*args)
    except Exception as error:
        return type(error).__qualname__, type(error).__module__, str(error)


async def fails(awaitable):
    try:
        return await awaitable
    except Exception as error:
        return type(error).__name__, str(error)


async def main():
    q = asyncio.Queue(2)
    print(q, q.maxsize, q.qsize(), q.empty(), q.full())
    print(attempt(q.get_nowait), attempt(q.task_done))
    print(q.put_nowait(1), await q.put(2), q.full(), attempt(q.put_nowait, 3))
    print(q, q._queue, q._unfinished_tasks, q._maxsize, len(q._getters), q._finished.is_set())
    print(await q.get(), q.get_nowait(), q.empty())
    q.task_done()
    print(q, q._finished.is_set())
    q.task_done()
    print(q, q._finished.is_set(), attempt(q.task_done))
    await q.join()

    u = Unique()
    for item in "hello":
        await u.put(item)
    print(u.qsize(), [await u.get() for _ in range(u.qsize())], u.empty(), u._unfinished_tasks)
    c = Counted(1)
    await c.put(1)
    print(c.asked, attempt(c.put_nowait, 2), c.asked, c.full(), await c.get())
    print(await fails(Closing().put(None)), await Closing().put(1))
    print(asyncio.Queue(-1).full(), asyncio.Queue(0).full(), attempt(asyncio.Queue, 1, 2)[0])
    print(asyncio.Queue.__mro__[0].__name__, issubclass(asyncio.LifoQueue, asyncio.Queue), asyncio.Queue[int])

    for kind in (asyncio.Queue, asyncio.LifoQueue, asyncio.PriorityQueue):
        q = kind()
        for item in (3, 1, 2):
            q.put_nowait(item)
        print(kind.__name__, [q.get_nowait() for _ in range(3)], attempt(q.get_nowait)[:2])

    # Who waits first is served first, and a cancelled one hands its turn on.
    q = asyncio.Queue(1)
    log = []

    async def take(name):
        log.append((name, await q.get()))

    tasks = [asyncio.create_task(take(i)) for i in range(4)]
    await asyncio.sleep(0)
    print(q, len(q._getters))
    tasks[1].cancel()
    for item in "abc":
        await q.put(item)
    await asyncio.gather(*tasks, return_exceptions=True)
    print(log, len(q._getters), q.empty())

    q.put_nowait("x")
    waiting = [asyncio.create_task(q.put(i)) for i in range(3)]
    await asyncio.sleep(0)
    print(q, len(q._putters))
    q.get_nowait()
    waiting[0].cancel()
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    print(q.get_nowait(), [t.cancelled() for t in waiting])
    await asyncio.sleep(0)
    print(await asyncio.wait_for(q.get(), 5), await fails(asyncio.wait_for(q.get(), 0.001)))

    # Producers and consumers, with join.
    q = asyncio.Queue(3)
    total = 0

    async def consume():
        nonlocal total
        while True:
            total += await q.get()
            q.task_done()

    consumers = [asyncio.create_task(consume()) for _ in range(3)]
    for i in range(100):
        await q.put(i)
    await q.join()
    for task in consumers:
        task.cancel()
    await asyncio.gather(*consumers, return_exceptions=True)
    print(total, q)


asyncio.run(main())
q = asyncio.Queue()


async def other():
    q.put_nowait(5)
    return await q.get()


print(asyncio.run(other()))


async def waits():
    try:
        await asyncio.wait_for(q.get(), 0.001)
    except TimeoutError:
        return "timeout"


print(asyncio.run(waits()))
try:
    asyncio.run(waits())
except RuntimeError as error:
    print(str(error).split(" at ")[0], str(error).endswith("is bound to a different event loop"))
