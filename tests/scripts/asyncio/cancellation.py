import asyncio
import contextvars


def attempt(f, *args):
    try:
        print(f(*args))
    except BaseException as e:
        print(type(e).__name__, e)


async def stubborn():
    try:
        await asyncio.sleep(10)
    except asyncio.CancelledError as e:
        print("asked to stop", e.args)
        await asyncio.sleep(0)
        return "stopped later"


async def cleaning():
    try:
        await asyncio.sleep(10)
    finally:
        print("cleaned")


async def basics():
    task = asyncio.create_task(stubborn())
    await asyncio.sleep(0)
    print(task.cancel("reason"), task.cancelling(), task.cancelled())
    print(await task, task.cancelled(), task.cancelling(), task.uncancel())

    task = asyncio.create_task(cleaning())
    print(task.cancel())
    try:
        await task
    except asyncio.CancelledError as e:
        print("cancelled before it began", e.args, task.cancelled())

    task = asyncio.create_task(cleaning())
    await asyncio.sleep(0)
    task.cancel("why")
    try:
        await task
    except asyncio.CancelledError as e:
        print("cancelled", e.args)
    attempt(task.result)
    attempt(task.exception)
    print(task.cancel(), task.done())

    # A future cancelled while a task waits for it.
    future = asyncio.get_running_loop().create_future()

    async def wait():
        await future

    task = asyncio.create_task(wait())
    await asyncio.sleep(0)
    future.cancel("the future")
    try:
        await task
    except asyncio.CancelledError as e:
        print(repr(e), task.cancelled())


async def timeouts():
    for delay in (0, -1, 0.01):
        try:
            await asyncio.wait_for(cleaning(), delay)
        except asyncio.TimeoutError as e:
            print("wait_for", repr(e), repr(e.__cause__))
    print(await asyncio.wait_for(asyncio.sleep(0, "in time"), 1), await asyncio.wait_for(asyncio.sleep(0, 2), None))
    try:
        async with asyncio.timeout(0.01) as scope:
            await cleaning()
    except TimeoutError as e:
        print(repr(e), scope, scope.expired())
    async with asyncio.timeout(None) as scope:
        print(scope, scope.when())
        scope.reschedule(asyncio.get_running_loop().time() + 100)
        await asyncio.sleep(0)
    print(scope, scope.expired())
    async with asyncio.timeout_at(asyncio.get_running_loop().time() + 100) as scope:
        pass
    for bad in (lambda: scope.reschedule(1), lambda: asyncio.timeout(5).reschedule(1)):
        attempt(bad)
    try:
        async with asyncio.timeout(5):
            async with asyncio.timeout(0.01):
                await asyncio.sleep(1)
    except TimeoutError:
        print("the inner one")
    try:
        async with asyncio.timeout(0.01):
            raise ValueError("from inside")
    except ValueError as e:
        print(e)


async def shielded():
    inner = asyncio.create_task(stubborn())
    outer = asyncio.create_task(asyncio.wait_for(asyncio.shield(inner), 0.01))
    try:
        await outer
    except asyncio.TimeoutError:
        print("timed out", inner.done())
    inner.cancel()
    print(await inner)


async def failing(n):
    await asyncio.sleep(0.001 * n)
    raise ValueError(n)


async def groups():
    try:
        async with asyncio.TaskGroup() as group:
            group.create_task(cleaning())
            group.create_task(failing(1))
            await asyncio.sleep(10)
    except BaseExceptionGroup as e:
        print(e.exceptions, repr(e))
    try:
        async with asyncio.TaskGroup() as group:
            raise KeyError("body")
    except BaseExceptionGroup as e:
        print(repr(e))
    async with asyncio.TaskGroup() as group:
        tasks = [group.create_task(asyncio.sleep(0.001 * i, i), name=f"t{i}") for i in (3, 1, 2)]
    print([t.result() for t in tasks], [t.get_name() for t in tasks], group)

    async def parent():
        async with asyncio.TaskGroup() as group:
            group.create_task(cleaning())

    task = asyncio.create_task(parent())
    await asyncio.sleep(0.001)
    task.cancel()
    try:
        await task
    except asyncio.CancelledError as e:
        print("the group was cancelled", repr(e))
    attempt(asyncio.TaskGroup().create_task, None)
    for used in (group,):
        attempt(used.create_task, None)
        try:
            async with used:
                pass
        except RuntimeError as e:
            print(e)


async def gathering():
    gathered = asyncio.gather(cleaning(), cleaning())
    await asyncio.sleep(0)
    print(gathered.cancel())
    try:
        await gathered
    except asyncio.CancelledError as e:
        print("gather", repr(e))
    child = asyncio.create_task(cleaning())
    gathered = asyncio.gather(child, asyncio.sleep(0, 1), return_exceptions=True)
    await asyncio.sleep(0)
    child.cancel()
    print(await gathered)
    same = asyncio.create_task(asyncio.sleep(0, "same"))
    print(await asyncio.gather(same, same))
    # What is not to be seen any more takes long, so that a busy machine makes no difference.
    for how, coroutines in (
        (asyncio.FIRST_COMPLETED, (asyncio.sleep(0.001), failing(10000), asyncio.sleep(10))),
        (asyncio.FIRST_EXCEPTION, (asyncio.sleep(0.001), failing(10), asyncio.sleep(10))),
        (asyncio.ALL_COMPLETED, (asyncio.sleep(0.001), failing(10), asyncio.sleep(0.02))),
    ):
        tasks = [asyncio.create_task(c) for c in coroutines]
        done, pending = await asyncio.wait(tasks, return_when=how)
        print(how, [t in done for t in tasks])
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
    try:
        for c in asyncio.as_completed([asyncio.sleep(0, 1), asyncio.sleep(10)], timeout=0.1):
            print(await c)
    except asyncio.TimeoutError as e:
        print("as_completed", repr(e))


var = contextvars.ContextVar("var", default=0)


async def contexts():
    async def change(n):
        var.set(n)
        await asyncio.sleep(0)
        return var.get()

    print(await asyncio.gather(change(1), change(2)), var.get())
    context = contextvars.copy_context()
    await asyncio.create_task(change(5), context=context)
    print(context[var], var.get(), await asyncio.to_thread(var.get))
    var.set(7)
    seen = []
    asyncio.get_running_loop().call_soon(lambda: seen.append(var.get()))
    asyncio.get_running_loop().call_soon(lambda: seen.append(var.get()), context=context)
    var.set(8)
    await asyncio.sleep(0)
    print(seen)


for part in (basics, timeouts, shielded, groups, gathering, contexts):
    print("--", part.__name__)
    asyncio.run(part())
