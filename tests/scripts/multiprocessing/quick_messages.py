# Many items in a row through queues and pools: all arrive, in order, whether a thread writes them or not.
import multiprocessing
import time


def produce(queue, name, number, size):
    for i in range(number):
        queue.put((name, i, "x" * (size if i % 100 == 0 else 0)))


def consume(queue, results):
    results.put(sum(iter(queue.get, None)))


def square(x):
    return x * x


def slow(x):
    time.sleep(0.05 if x % 20 == 0 else 0)
    return x


def main():
    queue = multiprocessing.Queue()
    for i in range(200):
        queue.put(i)
    print([queue.get() for _ in range(200)] == list(range(200)), queue.qsize(), queue.empty())

    # Two producers: the items of each stay in order, large ones among them.
    queue = multiprocessing.Queue(300)
    names = "ab"
    producers = [multiprocessing.Process(target=produce, args=(queue, name, 500, 20_000)) for name in names]
    for p in producers:
        p.start()
    got = {name: [] for name in names}
    lengths = set()
    for _ in range(1000):
        name, i, text = queue.get()
        got[name].append(i)
        lengths.add(len(text))
    for p in producers:
        p.join()
    print([got[name] == list(range(500)) for name in names], sorted(lengths), [p.exitcode for p in producers])

    queue, results = multiprocessing.Queue(), multiprocessing.Queue()
    consumers = [multiprocessing.Process(target=consume, args=(queue, results)) for _ in range(2)]
    for p in consumers:
        p.start()
    for i in range(2000):
        queue.put(i)
    for _ in consumers:
        queue.put(None)
    print(results.get() + results.get() == sum(range(2000)))
    for p in consumers:
        p.join()
    print([p.exitcode for p in consumers])

    # Quick tasks with slow ones among them, of each kind of call.
    with multiprocessing.Pool(2) as pool:
        print(pool.map(square, range(300), 1) == [x * x for x in range(300)])
        print(pool.map(slow, range(60), 1) == list(range(60)))
        print(list(pool.imap(slow, range(40))) == list(range(40)))
        print(sorted(pool.imap_unordered(square, range(100))) == [x * x for x in range(100)])
        pending = [pool.apply_async(square, (x,)) for x in range(100)]
        print([r.get(60) for r in pending] == [x * x for x in range(100)])
        print(pool.map(len, ["x" * 50_000] * 20, 1) == [50_000] * 20)
        print(pool.starmap(pow, [(2, n) for n in range(50)], 1)[-1] == 2 ** 49)
    with multiprocessing.Pool(2, maxtasksperchild=3) as pool:
        print(pool.map(square, range(30), 1) == [x * x for x in range(30)])


if __name__ == "__main__":
    main()
