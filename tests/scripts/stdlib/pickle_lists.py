"""pickletools: lists, generators, smaller pickles."""
import pickle, pickletools, io
class A: pass
for proto in range(6):
    data = pickle.dumps([1, "a", (1, 2), {"k": [1.5, None, True]}, {1}, b"x", 2**70, A(), "a", frozenset([3])], proto)
    out = io.StringIO(); pickletools.dis(data, out); print(out.getvalue())
    o = pickletools.optimize(data); print(len(data), len(o), o)
print([ (o.name, a, p) for o, a, p in pickletools.genops(pickle.dumps((1,2),2))])
for bad in (b"", b"x", b"K\x01", b"K\x01K\x02.", b"h\x00."):
    try: pickletools.dis(bad, io.StringIO())
    except ValueError as e: print(e)
