"""Tracing that is turned on below native code, for the frames above it, which go on in a loop."""
import gc
import sys

lines = []


def tracer(frame, event, arg):
    if event == "line":
        lines.append((frame.f_code.co_name, frame.f_lineno - frame.f_code.co_firstlineno))
    return tracer


def key(x):
    sys.settrace(tracer)
    sys._getframe(1).f_trace = tracer
    # Backward jumps look for what is wanted of the thread; that it is traced is not forgotten there.
    for _ in range(3):
        pass
    return x


def loop(n):
    sorted([1], key=key)
    total = 0
    for i in range(n):
        total += i
    sys.settrace(None)
    return total


# The frame above is told of its lines from its first jump backward on, at the latest.
print(loop(3), lines[-6:])


def garbage(n):
    for _ in range(n):
        cycle = []
        cycle.append(cycle)


# Nor is a collection forgotten that becomes due while tracing goes on and off.
def collections():
    return sum(generation["collections"] for generation in gc.get_stats())


before = collections()
for _ in range(50):
    sys.settrace(lambda *args: None)
    garbage(200)
    sys.settrace(None)
print(collections() > before)
