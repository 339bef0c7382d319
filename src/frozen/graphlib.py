"""Sorting so that everything comes after what it depends on."""

__all__ = ["TopologicalSorter", "CycleError"]


class CycleError(ValueError):
    """The graph has a cycle: the second argument lists its nodes, the first one again at the end."""


class _Node:
    __slots__ = ("name", "waits_for", "followers")

    def __init__(self, name):
        self.name = name
        # How many nodes must be done before this one.
        self.waits_for = 0
        self.followers = []


class TopologicalSorter:
    """Sorts a graph, given as a mapping of nodes to those that come before them."""

    def __init__(self, graph=None):
        self._nodes = {}
        self._ready = None
        # Handed out and not done yet; done.
        self._out = set()
        self._done = set()
        if graph is not None:
            for node, predecessors in graph.items():
                self.add(node, *predecessors)

    def _node(self, name):
        node = self._nodes.get(name)
        if node is None:
            node = self._nodes[name] = _Node(name)
        return node

    def add(self, node, *predecessors):
        """Add a node and those that come before it; ValueError after `prepare()`."""
        if self._ready is not None:
            raise ValueError("Nodes cannot be added after a call to prepare()")
        entry = self._node(node)
        entry.waits_for += len(predecessors)
        for name in predecessors:
            self._node(name).followers.append(entry)

    def prepare(self):
        """Finish the graph; CycleError if it has a cycle."""
        if self._ready is not None:
            raise ValueError("cannot prepare() more than once")
        self._ready = [node.name for node in self._nodes.values() if not node.waits_for]
        cycle = self._find_cycle()
        if cycle:
            raise CycleError("nodes are in a cycle", cycle)

    def get_ready(self):
        """The nodes of which everything before is done, each handed out once."""
        if self._ready is None:
            raise ValueError("prepare() must be called first")
        ready = tuple(self._ready)
        self._ready.clear()
        self._out.update(ready)
        return ready

    def is_active(self):
        """Whether there is more to hand out or to be marked as done."""
        if self._ready is None:
            raise ValueError("prepare() must be called first")
        return bool(self._out or self._ready)

    def __bool__(self):
        return self.is_active()

    def done(self, *nodes):
        """Mark nodes that were handed out as done."""
        if self._ready is None:
            raise ValueError("prepare() must be called first")
        for name in nodes:
            node = self._nodes.get(name)
            if node is None:
                raise ValueError(f"node {name!r} was not added using add()")
            if name in self._done:
                raise ValueError(f"node {name!r} was already marked done")
            if name not in self._out:
                raise ValueError(f"node {name!r} was not passed out (still not ready)")
            self._out.discard(name)
            self._done.add(name)
            for follower in node.followers:
                follower.waits_for -= 1
                if not follower.waits_for:
                    self._ready.append(follower.name)

    def _find_cycle(self):
        """The names along a cycle, None if there is none."""
        finished = set()
        for start in self._nodes.values():
            if id(start) in finished:
                continue
            # The nodes from the start to here, what follows the last of them, and where each stands in the path.
            path, iterators, position = [start], [iter(start.followers)], {id(start): 0}
            while path:
                follower = next(iterators[-1], None)
                if follower is None:
                    node = path.pop()
                    iterators.pop()
                    del position[id(node)]
                    finished.add(id(node))
                elif id(follower) in position:
                    cycle = path[position[id(follower)]:]
                    return [node.name for node in (*cycle, cycle[0])]
                elif id(follower) not in finished:
                    position[id(follower)] = len(path)
                    path.append(follower)
                    iterators.append(iter(follower.followers))
        return None

    def static_order(self):
        """All nodes in order; CycleError if there is none."""
        self.prepare()
        while self.is_active():
            ready = self.get_ready()
            yield from ready
            self.done(*ready)

    __class_getitem__ = classmethod(type(list[int]))
