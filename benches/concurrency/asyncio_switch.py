# Seconds for a switch from one task to the next.
import asyncio, time

TASKS, TURNS = 100, 2000


async def turn():
    for _ in range(TURNS):
        await asyncio.sleep(0)


async def main():
    start = time.perf_counter()
    await asyncio.gather(*[turn() for _ in range(TASKS)])
    return (time.perf_counter() - start) / (TASKS * TURNS)


print(asyncio.run(main()))
