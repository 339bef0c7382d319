import asyncio
import signal
import os


def attempt(f, *args, **kwargs):
    try:
        print(f(*args, **kwargs))
    except Exception as e:
        print(type(e).__name__, e)


async def give(x):
    await asyncio.sleep(0)
    return x


# The old way.
loop = asyncio.new_event_loop()
asyncio.set_event_loop(loop)
print(loop, asyncio.get_event_loop() is loop)
print(loop.run_until_complete(give(1)), loop.run_until_complete(asyncio.ensure_future(give(2), loop=loop)))
print(loop.run_until_complete(asyncio.wait_for(give(3), 1)))
log = []
loop.call_soon(log.append, 1)
loop.call_later(0.001, loop.stop)
loop.run_forever()
print(log, loop.is_running())
future = loop.create_future()
loop.call_soon(loop.stop)
attempt(loop.run_until_complete, future)
attempt(loop.run_until_complete, 5)
attempt(asyncio.ensure_future, 5)
loop.close()
print(loop, loop.is_closed())
attempt(loop.call_soon, print)
attempt(loop.run_forever)
attempt(loop.create_task, None)
asyncio.set_event_loop(None)
attempt(asyncio.get_event_loop)
attempt(asyncio.set_event_loop, 5)
attempt(asyncio.get_running_loop)
attempt(asyncio.current_task)
attempt(asyncio.all_tasks)
attempt(asyncio.run, 5)

with asyncio.Runner() as runner:
    print(runner.run(give("a")), runner.run(give("b")), runner.get_loop().is_running())
attempt(runner.get_loop)


async def nested():
    coroutine = give(1)
    attempt(asyncio.run, coroutine)
    attempt(asyncio.get_running_loop().run_until_complete, coroutine)
    coroutine.close()
    print(asyncio.current_task().get_name()[:5], len(asyncio.all_tasks()))
    task = asyncio.create_task(give(5), name="named")
    print(task.get_name(), task.get_coro().__name__, task.get_loop() is asyncio.get_running_loop())
    task.set_name(7)
    print(task.get_name(), await task)


asyncio.run(nested())


# What is still running at the end is cancelled.
async def forgotten():
    try:
        await asyncio.sleep(100)
    finally:
        print("forgotten, but told")


async def leave():
    asyncio.create_task(forgotten())
    await asyncio.sleep(0)
    return "left"


print(asyncio.run(leave()))


# Asynchronous generators are closed.
async def numbers():
    try:
        for i in range(10):
            yield i
            await asyncio.sleep(0)
    finally:
        await asyncio.sleep(0)
        print("closed")


async def some():
    async for n in numbers():
        if n == 2:
            break
    print("broke off")
    await asyncio.sleep(0.01)
    iterator = numbers()
    print(await anext(iterator), [n async for n in numbers() if n % 3 == 0])
    return iterator


asyncio.run(some())


class Resource:
    async def __aenter__(self):
        print("enter")
        return self

    async def __aexit__(self, *exc_info):
        print("exit", exc_info[0])
        return True


async def managed():
    async with Resource():
        raise ValueError


asyncio.run(managed())


async def failing():
    raise LookupError("main")


attempt(asyncio.run, failing())


# Signals and Ctrl-C.
async def signals():
    loop = asyncio.get_running_loop()
    got = loop.create_future()
    loop.add_signal_handler(signal.SIGUSR1, got.set_result, "SIGUSR1")
    os.kill(os.getpid(), signal.SIGUSR1)
    print(await got, loop.remove_signal_handler(signal.SIGUSR1), loop.remove_signal_handler(signal.SIGUSR1))
    attempt(loop.add_signal_handler, 99, print)
    attempt(loop.add_signal_handler, signal.SIGKILL, print)


asyncio.run(signals())


async def interrupted():
    asyncio.get_running_loop().call_later(0.01, os.kill, os.getpid(), signal.SIGINT)
    try:
        await asyncio.sleep(10)
    except asyncio.CancelledError:
        print("cancelled by Ctrl-C")
        raise


try:
    asyncio.run(interrupted())
except KeyboardInterrupt as e:
    print("KeyboardInterrupt", e.args)


async def pipes():
    loop = asyncio.get_running_loop()
    r, w = os.pipe()
    done = loop.create_future()

    def readable():
        done.set_result(os.read(r, 10))
        loop.remove_reader(r)

    loop.add_reader(r, readable)
    loop.call_later(0.001, os.write, w, b"data")
    print(await done, loop.remove_reader(r), loop.remove_writer(w))
    os.close(r)
    os.close(w)


asyncio.run(pipes())

loop = asyncio.new_event_loop()
print(isinstance(loop, asyncio.AbstractEventLoop), isinstance(loop, asyncio.SelectorEventLoop))
other = asyncio.new_event_loop()
stranger = other.create_future()


async def wait_for_stranger():
    await stranger


try:
    loop.run_until_complete(wait_for_stranger())
except RuntimeError as e:
    print(str(e).split(" coro=")[0], str(e).split(" got ")[1])


async def bad_yield():
    class Odd:
        def __await__(self):
            yield 5

    await Odd()


try:
    loop.run_until_complete(bad_yield())
except RuntimeError as e:
    print(e)
loop.close()
other.close()
print(asyncio.iscoroutine(give), asyncio.iscoroutinefunction(give), asyncio.iscoroutinefunction(print), asyncio.isfuture(stranger))
print(asyncio.get_event_loop_policy().__class__.__name__)
