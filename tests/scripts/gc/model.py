# Random graphs of objects against a model of what can be reached from where.
import gc
import weakref

gc.disable()
state = 42


def below(n):
    global state
    state = (state * 6364136223846793005 + 1442695040888963407) % (1 << 64)
    return (state >> 33) % n


dead = set()
called = set()


class Node:
    def __init__(self, number):
        self.number = number
        self.edges = []

    def __del__(self):
        dead.add(self.number)


class Slim:
    __slots__ = ("number", "edges", "__weakref__")

    def __init__(self, number):
        self.number = number
        self.edges = {}


class Sub(list):
    pass


def link(a, b, how):
    """An edge from a to b, by way of some container."""
    ways = [
        lambda: b,
        lambda: [b],
        lambda: (b, 1),
        lambda: {"k": b},
        lambda: {b},
        lambda: (lambda: b),
        lambda: b.__init__,
        lambda: iter([b]),
        lambda: (x for x in [b]),
        lambda: Sub([b]),
        lambda: frozenset([b]),
        lambda: slice(b),
        lambda: enumerate([b]),
        lambda: type("C", (), {"b": b}),
        lambda: ValueError(b),
    ]
    way = ways[how % len(ways)]()
    if isinstance(a.edges, dict):
        a.edges[len(a.edges)] = way
    else:
        a.edges.append(way)


def reachable(roots, edges):
    seen, todo = set(), list(roots)
    while todo:
        n = todo.pop()
        if n not in seen:
            seen.add(n)
            todo.extend(edges[n])
    return seen


for round in range(40):
    dead.clear()
    called.clear()
    n = 5 + below(60)
    nodes = [Node(i) if below(4) else Slim(i) for i in range(n)]
    refs = [weakref.ref(x, lambda r, i=i: called.add(i)) for i, x in enumerate(nodes)]
    edges = [[] for _ in range(n)]
    for _ in range(n + below(n)):
        a, b = below(n), below(n)
        edges[a].append(b)
        link(nodes[a], nodes[b], below(100))
    roots = {i: x for i, x in enumerate(nodes)}
    has_del = {i for i, x in enumerate(nodes) if type(x) is Node}
    nodes = x = None
    while roots:
        for _ in range(1 + below(5)):
            if roots:
                keys = list(roots)
                i = keys[below(len(keys))]
                if below(3) == 0 and edges[i]:
                    edges[i].clear()
                    roots[i].edges.clear()
                else:
                    del roots[i]
        gc.collect(below(3)) if below(2) else None
        alive = reachable(roots, edges)
        assert all(refs[i]() is not None for i in alive), "a reachable object has died"
        assert not dead & alive and not called & alive
        gc.collect()
        gone = set(range(n)) - alive
        assert all(refs[i]() is None for i in gone), "an unreachable object lives"
        assert dead == gone & has_del, (dead, gone)
        assert called == gone
    print(round, n, len(dead))
gc.collect()
print(gc.collect())
