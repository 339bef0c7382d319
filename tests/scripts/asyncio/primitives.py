import asyncio


def attempt(f, *args):
    try:
        print(f(*args))
    except Exception as e:
        print(type(e).__name__, e)


async def locks():
    lock, order = asyncio.Lock(), []

    async def use(n):
        async with lock:
            order.append(n)
            await asyncio.sleep(0.001)

    await asyncio.gather(*map(use, range(4)))
    print(order, lock.locked())
    attempt(lock.release)
    await lock.acquire()
    waiting = asyncio.create_task(use(9))
    await asyncio.sleep(0)
    print(repr(lock).split("[")[1])
    waiting.cancel()
    lock.release()
    await asyncio.gather(waiting, return_exceptions=True)
    print(lock.locked(), order)


async def events():
    event = asyncio.Event()
    tasks = [asyncio.create_task(event.wait()) for _ in range(3)]
    await asyncio.sleep(0)
    print(event.is_set(), repr(event).split("[")[1])
    event.set()
    print(await asyncio.gather(*tasks), event.is_set())
    event.clear()
    print(event.is_set())


async def conditions():
    condition, items = asyncio.Condition(), []

    async def consumer(n):
        async with condition:
            await condition.wait_for(lambda: items)
            print("consumer", n, items.pop())

    tasks = [asyncio.create_task(consumer(i)) for i in range(3)]
    await asyncio.sleep(0)
    for i in range(3):
        async with condition:
            items.append(i)
            condition.notify()
        await asyncio.sleep(0.001)
    await asyncio.gather(*tasks)
    attempt(condition.notify)
    try:
        await condition.wait()
    except RuntimeError as e:
        print(e)

    async def wait():
        async with condition:
            return await condition.wait()

    tasks = [asyncio.create_task(wait()) for _ in range(2)]
    await asyncio.sleep(0)
    async with condition:
        condition.notify_all()
    print(await asyncio.gather(*tasks))


async def semaphores():
    semaphore, running, most = asyncio.Semaphore(2), 0, 0

    async def use(n):
        nonlocal running, most
        async with semaphore:
            running += 1
            most = max(most, running)
            await asyncio.sleep(0.001)
            running -= 1

    await asyncio.gather(*map(use, range(6)))
    print(most, semaphore.locked(), repr(semaphore).split("[")[1])
    bounded = asyncio.BoundedSemaphore(1)
    attempt(bounded.release)
    attempt(asyncio.Semaphore, -1)
    await bounded.acquire()
    print(repr(bounded).split("[")[1])
    bounded.release()


async def barriers():
    barrier = asyncio.Barrier(3)

    async def come():
        return await barrier.wait()

    print(sorted(await asyncio.gather(come(), come(), come())))
    waiting = asyncio.create_task(come())
    await asyncio.sleep(0)
    print(barrier.n_waiting, barrier.parties, barrier.broken, repr(barrier).split("[")[1])
    await barrier.abort()
    try:
        await waiting
    except asyncio.BrokenBarrierError as e:
        print("broken:", e, barrier.broken)
    try:
        await barrier.wait()
    except asyncio.BrokenBarrierError as e:
        print("broken:", e)
    await barrier.reset()
    print(barrier.broken)
    waiting = asyncio.create_task(come())
    await asyncio.sleep(0)
    await barrier.reset()
    try:
        await waiting
    except asyncio.BrokenBarrierError as e:
        print("reset:", e)
    attempt(asyncio.Barrier, 0)


async def queues():
    for kind in (asyncio.Queue, asyncio.LifoQueue, asyncio.PriorityQueue):
        q = kind(maxsize=3)
        for item in (2, 3, 1):
            q.put_nowait(item)
        print(kind.__name__, q, q.qsize(), q.full(), q.empty(), q.maxsize)
        try:
            q.put_nowait(4)
        except asyncio.QueueFull as e:
            print(repr(e))
        print([q.get_nowait() for _ in range(3)])
        try:
            q.get_nowait()
        except asyncio.QueueEmpty as e:
            print(repr(e))
    q, log = asyncio.Queue(2), []

    async def producer(name):
        for i in range(4):
            await q.put((name, i))

    async def consumer():
        while True:
            item = await q.get()
            log.append(item)
            q.task_done()

    worker = asyncio.create_task(consumer())
    await asyncio.gather(producer("a"), producer("b"))
    await q.join()
    print(log)
    worker.cancel()
    print(await asyncio.gather(worker, return_exceptions=True))
    attempt(q.task_done)
    print(str(q))


async def callbacks():
    loop, log = asyncio.get_running_loop(), []
    loop.call_soon(log.append, "soon")
    loop.call_later(0.002, log.append, "later")
    loop.call_at(loop.time() + 0.001, log.append, "at")
    loop.call_later(0.001, log.append, "never").cancel()
    await asyncio.sleep(0.01)
    print(log)
    future = loop.create_future()
    future.add_done_callback(lambda f: log.append(("done", f.result())))
    future.add_done_callback(log.append)
    print(future.remove_done_callback(log.append))
    future.set_result(3)
    print(log[-1])
    await asyncio.sleep(0)
    print(log[-1], await future)
    print(await loop.run_in_executor(None, lambda: "from a thread"))
    import threading

    future = loop.create_future()
    threading.Thread(target=lambda: loop.call_soon_threadsafe(future.set_result, "woken")).start()
    print(await future)
    attempt(loop.call_later, None, print)
    attempt(loop.call_at, None, print)
    handled = []
    loop.set_exception_handler(lambda loop, context: handled.append((context["message"], repr(context["exception"]))))
    loop.call_soon(lambda: 1 / 0)
    await asyncio.sleep(0)
    print([(m.split(" at ")[0], e) for m, e in handled])
    print(loop.get_debug(), loop.is_running(), loop.is_closed())

    async def echo(x):
        await asyncio.sleep(0)
        return x

    def other_thread():
        return asyncio.run_coroutine_threadsafe(echo("across"), loop).result(5)

    print(await asyncio.to_thread(other_thread))


for part in (locks, events, conditions, semaphores, barriers, queues, callbacks):
    print("--", part.__name__)
    asyncio.run(part())
