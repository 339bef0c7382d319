# Generators count as coroutines, as they once were all there was.
import asyncio
import types


@types.coroutine
def old():
    yield
    return 5


def plain():
    yield
    return 6


async def main():
    print(await old())
    print(await asyncio.create_task(old()), await asyncio.ensure_future(plain()))
    print(asyncio.iscoroutine(old()), asyncio.iscoroutine(plain()), asyncio.iscoroutine(5))
    print(asyncio.iscoroutinefunction(old), asyncio.iscoroutinefunction(main))
    print(await asyncio.gather(old(), plain()), await asyncio.wait_for(old(), 10))
    done, pending = await asyncio.wait([asyncio.create_task(old()), asyncio.create_task(plain())])
    print(sorted(t.result() for t in done), pending)


asyncio.run(main())
print(asyncio.new_event_loop().run_until_complete(old()))
print(asyncio.subprocess.PIPE, asyncio.subprocess.STDOUT, asyncio.subprocess.DEVNULL)
