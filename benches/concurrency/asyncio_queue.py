# Seconds for an item through a queue of ten places, from one task to another.
import asyncio, time

N = 50_000


async def main():
    queue = asyncio.Queue(10)

    async def produce():
        for i in range(N):
            await queue.put(i)

    async def consume():
        return sum([await queue.get() for _ in range(N)])

    start = time.perf_counter()
    _, total = await asyncio.gather(produce(), consume())
    assert total == N * (N - 1) // 2
    return (time.perf_counter() - start) / N


print(asyncio.run(main()))
