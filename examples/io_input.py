"""I/O-bound, user input and network latency: slow typists answer over pipes, and nobody has to wait for them in turn."""
import asyncio
import os
import threading
import time

from comparison import compare

USERS = ["Ada", "Grace", "Guido", "Linus"]


def type_slowly(write_end, name):
    for letter in name + "\n":
        time.sleep(0.015)
        os.write(write_end, letter.encode())
    os.close(write_end)


def keyboard(name):
    """The reading end of a pipe at whose other end somebody types."""
    read_end, write_end = os.pipe()
    threading.Thread(target=type_slowly, args=(write_end, name)).start()
    return open(read_end, encoding="utf-8")


def ask(name):
    with keyboard(name) as line:
        return f"Hello, {line.readline().strip()}!"


def sequential():
    return [ask(name) for name in USERS]


def threads():
    answers = {}

    def work(name):
        answers[name] = ask(name)

    workers = [threading.Thread(target=work, args=(name,)) for name in USERS]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    return [answers[name] for name in USERS]


async def ask_async(name):
    loop = asyncio.get_running_loop()
    reader = asyncio.StreamReader()
    pipe = keyboard(name)
    transport, _ = await loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(reader), pipe)
    line = await reader.readline()
    transport.close()
    return f"Hello, {line.decode().strip()}!"


async def concurrently():
    return await asyncio.gather(*map(ask_async, USERS))


if __name__ == "__main__":
    greetings = compare(
        "Waiting for people",
        sequential=sequential,
        threads=threads,
        asyncio=lambda: asyncio.run(concurrently()),
    )
    print(*greetings)
