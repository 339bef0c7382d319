"""Items from four producers to four consumers through one queue.Queue: queue_items.py NUMBER"""
import queue
import sys
import threading

number = int(sys.argv[1]) // 4 * 4
q = queue.Queue(100)
seen = [bytearray(number) for _ in range(4)]


def produce(k):
    for i in range(k, number, 4):
        q.put(i)


def consume(mine):
    while (item := q.get()) is not None:
        mine[item] += 1
        q.task_done()
    q.task_done()


consumers = [threading.Thread(target=consume, args=(mine,)) for mine in seen]
producers = [threading.Thread(target=produce, args=(k,)) for k in range(4)]
for t in consumers + producers:
    t.start()
for t in producers:
    t.join()
for _ in consumers:
    q.put(None)
q.join()
for t in consumers:
    t.join()
times = [sum(counts) for counts in zip(*seen)]
lost, doubled = times.count(0), sum(n > 1 for n in times)
print(f"{number} items: {lost} lost, {doubled} doubled")
sys.exit((lost, doubled) != (0, 0))
