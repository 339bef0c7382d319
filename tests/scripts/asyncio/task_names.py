"""Which calls make tasks of their own: those without names are numbered."""
import asyncio
import sys


async def nothing():
    pass


def number(what):
    task = asyncio.create_task(nothing())
    print(what, task.get_name())


async def failing(awaitable):
    try:
        await awaitable
    except (OSError, TimeoutError) as error:
        print(type(error).__name__)


async def main():
    number("start")
    await failing(asyncio.wait_for(asyncio.sleep(5), 0.01))
    number("wait_for")
    await asyncio.gather(asyncio.shield(nothing()), nothing())
    number("gather and shield")
    await asyncio.to_thread(len, "")
    number("to_thread")
    process = await asyncio.create_subprocess_exec(sys.executable, "-c", "0", stdin=-1, stdout=-1)
    number("subprocess")
    await process.communicate()
    number("communicate")
    await failing(asyncio.create_subprocess_exec("/no such program"))
    number("no such program")
    server = await asyncio.start_server(lambda r, w: w.close(), "127.0.0.1", 0)
    number("server")
    reader, writer = await asyncio.open_connection(*server.sockets[0].getsockname())
    await reader.read()
    number("connection")
    writer.close()
    server.close()

    async def items():
        yield 1

    made = items()
    await anext(made)
    await made.aclose()
    number("a generator")
    # What has ended takes no exception any more.
    print(await made.athrow(KeyError), await made.aclose())


asyncio.run(main())
