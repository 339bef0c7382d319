"""Items from four processes to four others through one multiprocessing.Queue: process_queue_items.py NUMBER"""
import multiprocessing
import sys


def produce(q, k, number):
    for i in range(k, number, 4):
        q.put(i)


def consume(q, results):
    results.put(list(iter(q.get, None)))


if __name__ == "__main__":
    number = int(sys.argv[1]) // 4 * 4
    q, results = multiprocessing.Queue(1000), multiprocessing.Queue()
    consumers = [multiprocessing.Process(target=consume, args=(q, results)) for _ in range(4)]
    producers = [multiprocessing.Process(target=produce, args=(q, k, number)) for k in range(4)]
    for p in consumers + producers:
        p.start()
    for p in producers:
        p.join()
    for _ in consumers:
        q.put(None)
    times = bytearray(number)
    for _ in consumers:
        for item in results.get():
            times[item] += 1
    for p in consumers:
        p.join()
    lost, doubled = times.count(0), sum(n > 1 for n in times)
    print(f"{number} items: {lost} lost, {doubled} doubled")
    sys.exit((lost, doubled) != (0, 0) or any(p.exitcode for p in consumers + producers))
