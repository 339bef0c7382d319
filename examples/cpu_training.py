"""CPU-bound, model training: several lines are fitted to noisy points by gradient descent, and the best is kept."""
import multiprocessing
import queue
import random
import threading

from comparison import compare

RATES = [0.05, 0.1, 0.2, 0.4]


def samples():
    generator = random.Random(42)
    xs = [generator.uniform(-1, 1) for _ in range(60)]
    return [(x, 3 * x - 1 + generator.gauss(0, 0.1)) for x in xs]


def train(rate):
    """The loss after training with this rate, the rate, and the model."""
    points = samples()
    slope = intercept = 0.0
    for _ in range(12_000):
        slope_gradient = intercept_gradient = 0.0
        for x, y in points:
            error = slope * x + intercept - y
            slope_gradient += error * x
            intercept_gradient += error
        slope -= rate * slope_gradient / len(points)
        intercept -= rate * intercept_gradient / len(points)
    loss = sum((slope * x + intercept - y) ** 2 for x, y in points) / len(points)
    return loss, rate, slope, intercept


def train_into(results, rate):
    results.put(train(rate))


def best_of(worker, results):
    workers = [worker(target=train_into, args=(results, rate)) for rate in RATES]
    for w in workers:
        w.start()
    models = [results.get() for _ in workers]
    for w in workers:
        w.join()
    return min(models)


def sequential():
    return min(map(train, RATES))


def threads():
    return best_of(threading.Thread, queue.Queue())


def processes():
    return best_of(multiprocessing.Process, multiprocessing.Queue())


if __name__ == "__main__":
    model = compare("Training models", sequential=sequential, threads=threads, processes=processes)
    loss, rate, slope, intercept = model
    print(f"best rate {rate}: y = {slope:.3f} x + {intercept:.3f}, loss {loss:.5f}")
