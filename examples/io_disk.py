"""I/O-bound, reading and writing to disk: files are written through to the device, which takes its time."""
import asyncio
import os
import tempfile
from concurrent.futures import ThreadPoolExecutor

from comparison import compare

FILES = 8


def save_and_load(folder, number):
    path = os.path.join(folder, f"file{number}.txt")
    with open(path, "w", encoding="utf-8") as file:
        for line in range(200):
            file.write(f"line {line} of file {number}\n")
        file.flush()
        os.fsync(file.fileno())
    with open(path, encoding="utf-8") as file:
        return sum(len(line) for line in file)


def sequential(folder):
    return [save_and_load(folder, number) for number in range(FILES)]


def threads(folder):
    with ThreadPoolExecutor(FILES) as pool:
        return list(pool.map(lambda number: save_and_load(folder, number), range(FILES)))


async def in_turn(folder):
    tasks = [asyncio.to_thread(save_and_load, folder, number) for number in range(FILES)]
    return await asyncio.gather(*tasks)


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        sizes = compare(
            "Files on a disk",
            sequential=lambda: sequential(folder),
            threads=lambda: threads(folder),
            asyncio=lambda: asyncio.run(in_turn(folder)),
        )
        print(f"{sum(sizes)} characters in {len(os.listdir(folder))} files")
