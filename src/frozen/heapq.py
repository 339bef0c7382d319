"""A heap in a list: the smallest item stands first."""

from _heapq import (
    heapify, heappop, heappush, heappushpop, heapreplace, _heapify_max, _heappop_max, _heapreplace_max,
)

__all__ = ["heappush", "heappop", "heapify", "heapreplace", "merge", "nlargest", "nsmallest", "heappushpop"]


def merge(*iterables, key=None, reverse=False):
    """The items of sorted iterables in order, without having them all at once."""
    # Of equal items the one of the earlier iterable comes first: its number decides, and no two are the same.
    if reverse:
        heapify_, pop, replace, sign = _heapify_max, _heappop_max, _heapreplace_max, -1
    else:
        heapify_, pop, replace, sign = heapify, heappop, heapreplace, 1
    heap = []
    for number, iterable in enumerate(map(iter, iterables)):
        step = iterable.__next__
        try:
            item = step()
        except StopIteration:
            continue
        heap.append([item if key is None else key(item), sign * number, item, step])
    heapify_(heap)
    while len(heap) > 1:
        try:
            while True:
                entry = heap[0]
                yield entry[2]
                entry[2] = item = entry[3]()
                entry[0] = item if key is None else key(item)
                replace(heap, entry)
        except StopIteration:
            pop(heap)
    if heap:
        _, _, item, step = heap[0]
        yield item
        yield from step.__self__


def _best(n, iterable, key, largest):
    """The n best items, the best first; of equals the first ones."""
    it = iter(iterable)
    sign = -1 if largest else 1
    # The worst of the best stands first in the heap. Later items are worse than their equals.
    heap = [(item if key is None else key(item), sign * i, item) for i, item in zip(range(n), it)]
    if not heap:
        return heap
    (heapify if largest else _heapify_max)(heap)
    replace = heapreplace if largest else _heapreplace_max
    worst = heap[0][0]
    for i, item in enumerate(it, len(heap)):
        k = item if key is None else key(item)
        if (worst < k) if largest else (k < worst):
            replace(heap, (k, sign * i, item))
            worst = heap[0][0]
    heap.sort(reverse=largest)
    return [item for _, _, item in heap]


def _few(n, iterable, key, largest):
    """The n best items, by the cheapest way for this n."""
    if n == 1:
        it = iter(iterable)
        nothing = object()
        best = (max if largest else min)(it, default=nothing, key=key)
        return [] if best is nothing else [best]
    try:
        size = len(iterable)
    except (TypeError, AttributeError):
        size = None
    if size is not None and n >= size:
        return sorted(iterable, key=key, reverse=largest)[:n]
    return _best(n, iterable, key, largest)


def nsmallest(n, iterable, key=None):
    """The n smallest items, as sorted(iterable, key=key)[:n] has them."""
    return _few(n, iterable, key, False)


def nlargest(n, iterable, key=None):
    """The n largest items, as sorted(iterable, key=key, reverse=True)[:n] has them."""
    return _few(n, iterable, key, True)
