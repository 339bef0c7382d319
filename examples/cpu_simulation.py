"""CPU-bound, simulation: random walks, each with its own seed, so that every way has the same result."""
import random
import threading
from concurrent.futures import ProcessPoolExecutor

from comparison import compare

SEEDS = range(8)


def walk(seed):
    """How far from its start a walker is after 60,000 steps, squared."""
    generator = random.Random(seed)
    x = y = 0
    for _ in range(60_000):
        direction = generator.randrange(4)
        if direction == 0:
            x += 1
        elif direction == 1:
            x -= 1
        elif direction == 2:
            y += 1
        else:
            y -= 1
    return x * x + y * y


def sequential():
    return [walk(seed) for seed in SEEDS]


def threads():
    found = {}
    lock = threading.Lock()

    def work(seed):
        distance = walk(seed)
        with lock:
            found[seed] = distance

    workers = [threading.Thread(target=work, args=(seed,)) for seed in SEEDS]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    return [found[seed] for seed in SEEDS]


def processes():
    with ProcessPoolExecutor(4) as pool:
        return list(pool.map(walk, SEEDS))


if __name__ == "__main__":
    distances = compare("Random walks", sequential=sequential, threads=threads, processes=processes)
    print(f"squared distances: {distances}")
