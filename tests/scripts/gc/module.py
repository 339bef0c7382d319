# The functions of the module gc.
import gc

print(gc.isenabled())
gc.disable()
print(gc.isenabled())
gc.enable()
print(gc.isenabled())
gc.disable()
print(gc.get_threshold())
gc.set_threshold(100)
print(gc.get_threshold())
gc.set_threshold(100, 5)
print(gc.get_threshold())
gc.set_threshold(700, 10, 10)
print(gc.get_threshold())
gc.collect()
print(type(gc.get_count()), len(gc.get_count()), gc.get_count()[1:])
before = gc.get_count()[0]
keep = [[] for _ in range(100)]
print(gc.get_count()[0] > before)
del keep


def raises(f, *args):
    try:
        print("no error", f(*args))
    except Exception as e:
        print(type(e).__name__, e)


raises(gc.collect, 3)
raises(gc.collect, -1)
raises(gc.collect, "a")
raises(gc.set_threshold, "a")
raises(gc.get_objects, 3)
raises(gc.get_objects, -2)
raises(gc.get_objects, "a")
print(gc.collect(generation=0), gc.collect(1), gc.collect(2))

print([gc.is_tracked(x) for x in ([], {}, {1: []}, {"a": 1}, {"a": "b"}, (), (1, []), "a", 0, 1.5, None)])


class A:
    pass


print(gc.is_tracked(A()), gc.is_tracked(A), gc.is_tracked(gc.is_tracked), gc.is_tracked(set()))

a, b, c = [], {}, A()
holder = [a, b, c, 1, "x"]
print(sorted(map(id, gc.get_referents(holder))) == sorted(map(id, holder)), gc.get_referents(1), gc.get_referents())
print(gc.get_referents({"k": a}, (b,))[-1] is b)
c.attribute = a
print(any(x is a for x in gc.get_referents(c)), any(x is A for x in gc.get_referents(c)))
print([x is holder for x in gc.get_referrers(b) if isinstance(x, list)])
marker = A()
box = (marker, 1)
print(any(x is box for x in gc.get_referrers(marker)))
del box

print(any(x is holder for x in gc.get_objects()))
gc.collect()
fresh = ["fresh"]
print(any(x is fresh for x in gc.get_objects(0)), any(x is holder for x in gc.get_objects(generation=0)))
print(any(x is holder for x in gc.get_objects(2)))
print([sorted(s) for s in gc.get_stats()])

log = []
gc.callbacks.append(lambda phase, info: log.append((phase, sorted(info), info["generation"])))
gc.collect()
gc.collect(0)
gc.callbacks.clear()
gc.collect()
print(log)

counted = []
gc.callbacks.append(lambda phase, info: counted.append(info["collected"]) if phase == "stop" else None)
l = []
l.append(l)
del l
gc.collect()
gc.callbacks.clear()
print(counted)

print(gc.garbage, gc.get_debug())
gc.set_debug(gc.DEBUG_SAVEALL)
l = ["saved"]
l.append(l)
del l
gc.collect()
print([x for x in gc.garbage if isinstance(x, list) and x and x[0] == "saved"])
gc.set_debug(0)
gc.garbage.clear()
print(gc.collect() >= 1)
print(gc.DEBUG_STATS, gc.DEBUG_COLLECTABLE, gc.DEBUG_UNCOLLECTABLE, gc.DEBUG_SAVEALL, gc.DEBUG_LEAK)

gc.collect()
frozen = A()
frozen.me = frozen
gc.freeze()
print(gc.get_freeze_count() > 100)
del frozen
print(gc.collect())
gc.unfreeze()
print(gc.get_freeze_count(), gc.collect() > 0)
