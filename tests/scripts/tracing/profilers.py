"""cProfile, profile, pstats: what is counted, without the times."""
import cProfile
import io
import os
import profile
import pstats
import re
import sys
import tempfile


def fib(n):
    return n if n < 2 else fib(n - 1) + fib(n - 2)


def helper(items):
    return sum(len(str(i)) for i in items)


def work():
    fib(5)
    helper(range(3))
    sorted([3, 1, 2])
    [].append(1)
    return helper([1])


def show(text):
    # Times differ from run to run.
    print(re.sub(r"\d+\.\d+", "T", text.replace(os.path.dirname(os.path.abspath(__file__)) + os.sep, "")))


def stats_of(p, *order):
    out = io.StringIO()
    return pstats.Stats(p, stream=out).strip_dirs().sort_stats(*order), out


p = cProfile.Profile()
p.enable()
work()
p.disable()
s, out = stats_of(p, "calls", "name")
s.print_stats()
s.print_callers("fib|helper")
s.print_callees("work", 3)
s.print_stats(0.3)
s.print_stats(2).print_stats("nothing")
s.reverse_order().print_stats(3)
show(out.getvalue())
print(s.total_calls, s.prim_calls, sorted(k[2] for k in s.stats))
print(p.runcall(work), {k[2]: v[:2] for k, v in sorted(pstats.Stats(p).stats.items()) if k[0] == __file__})

with cProfile.Profile() as p:
    work()
s, out = stats_of(p, pstats.SortKey.NAME)
s.print_stats("fib")
show(out.getvalue())

stdout, sys.stdout = sys.stdout, io.StringIO()
cProfile.run("fib(3)", sort="name")
text, sys.stdout = sys.stdout.getvalue(), stdout
show(text)
stdout, sys.stdout = sys.stdout, io.StringIO()
profile.run("fib(3)", sort="name")
text, sys.stdout = sys.stdout.getvalue(), stdout
show("\n".join(line for line in text.splitlines() if "fib" in line or "exec" in line or "Ordered" in line))

with tempfile.TemporaryDirectory() as folder:
    file = os.path.join(folder, "p")
    cProfile.run("fib(4)", file)
    once = pstats.Stats(file)
    twice = pstats.Stats(file, file)
    print(once.total_calls, twice.total_calls, [k[2] for k in sorted(twice.stats) if k[2] == "fib"])
    twice.dump_stats(file)
    print(pstats.Stats(file).total_calls)

sp = once.get_stats_profile()
print(sp.func_profiles["fib"].ncalls, type(sp.total_tt).__name__)
print([k.value for k in pstats.SortKey], pstats.SortKey("ncalls"))
for bad in (lambda: pstats.Stats(1), lambda: once.sort_stats("nonsense"), lambda: once.sort_stats("calls", 1)):
    try:
        bad()
    except (TypeError, KeyError) as e:
        print(type(e).__name__, re.sub("<class.*Stats'>", "Stats", str(e)))


def raises():
    raise ValueError("out")


p = cProfile.Profile()
try:
    p.runcall(raises)
except ValueError as e:
    print(e, sys.getprofile())
print([(k[2], v[0]) for k, v in pstats.Stats(p).stats.items() if k[2] == "raises"])
