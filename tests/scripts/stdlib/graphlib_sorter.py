from graphlib import TopologicalSorter, CycleError
def tr(f, *a, **k):
    try: print(f(*a, **k))
    except Exception as e: print(type(e).__name__, e.args)
print(list(TopologicalSorter({"D": {"B": 0, "C": 0}, "B": {"A": 0}, "C": {"A": 0}}).static_order()))
ts = TopologicalSorter(); ts.add(3, 2); ts.add(2, 1); ts.add(4, 2); ts.add(5); ts.add(3, 1)
tr(ts.get_ready); tr(ts.is_active); tr(ts.done, 1)
ts.prepare(); tr(ts.prepare); tr(ts.add, 9)
while ts:
    r = ts.get_ready(); print(r); tr(ts.done, 3) if 1 in r else None; ts.done(*r)
tr(ts.done, 1); tr(ts.done, 99)
for g in ({1: [2], 2: [1]}, {1: [2], 2: [3], 3: [1], 4: [1]}, {1: [1]}, {0: [1], 1: [2], 2: [3, 5], 3: [1], 5: []}, {"a": "b", "b": "c", "c": "d", "d": "b"}):
    tr(lambda: list(TopologicalSorter(g).static_order()))
    t = TopologicalSorter(g); tr(t.prepare); print(t.get_ready())
print(CycleError.__mro__, list(TopologicalSorter({}).static_order()), list(TopologicalSorter({i: [i - 1] for i in range(1, 2000)}).static_order())[-1])
