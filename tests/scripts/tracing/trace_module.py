"""The module trace: lines, counts, functions."""
import io
import os
import sys
import tempfile
import trace

here = os.path.basename(__file__)


def inner(x):
    return x + 1


def work(n):
    total = 0
    for i in range(n):
        total += inner(i)
    return total


class Thing:
    def method(self):
        return work(1)


t = trace.Trace(count=0, trace=1)
print(t.runfunc(work, 2))
t = trace.Trace(count=1, trace=0)
print(t.runfunc(work, 3))
results = t.results()
print(sorted((os.path.basename(f), n, c) for (f, n), c in results.counts.items()))
t = trace.Trace(count=0, trace=0, countfuncs=1)
t.runfunc(work, 1)
print(sorted((os.path.basename(f), m, n) for f, m, n in t.results().calledfuncs))
t = trace.Trace(count=0, trace=0, countcallers=1)
t.runfunc(Thing().method)
print(sorted((a[1:], b[1:]) for a, b in t.results().callers if a[1] == "trace_module"))

with tempfile.TemporaryDirectory() as folder:
    path = os.path.join(folder, "prog.py")
    with open(path, "w") as f:
        f.write('"""doc"""\ndef f(x):\n    if x:\n        return 1\n    return 2\n\nprint(f(1))\n')
    t = trace.Trace(count=1, trace=0, ignoredirs=[sys.base_prefix])
    with open(path) as f:
        t.runctx(compile(f.read(), path, "exec"), {"__file__": path, "__name__": "prog"})
    t.results().write_results(show_missing=True, coverdir=folder, summary=False)
    name = [n for n in os.listdir(folder) if n.endswith(".cover")]
    with open(os.path.join(folder, name[0])) as f:
        print("".join(line for line in f if "1" in line))
r = trace.CoverageResults({("a", 1): 2})
r.update(trace.CoverageResults({("a", 1): 3, ("b", 2): 1}))
print(r.counts, r.is_ignored_filename("<string>"))
print(trace.Trace(count=0, trace=0).donothing)
