"""Lines at the ends of blocks, and trace functions that frames get later."""
import sys


def trace_of(f, *args):
    events = []
    first = f.__code__.co_firstlineno

    def tracer(frame, event, arg):
        if frame.f_code.co_filename != __file__:
            return None
        events.append((frame.f_code.co_name, event, frame.f_lineno - first))
        return tracer

    sys.settrace(tracer)
    try:
        f(*args)
    finally:
        sys.settrace(None)
    print(f.__name__, [e for e in events if e[0] != "trace_of"])


class Context:
    def __enter__(self):
        pass

    def __exit__(self, *args):
        pass


def nested(a):
    if a == 1:
        if a:
            x = 4
        else:
            y = 6
    else:
        z = 8


def leaves():
    for i in range(2):
        with Context():
            if i:
                break
            continue
    while True:
        try:
            break
        finally:
            i = 1
    return i


def returns():
    try:
        return 2
    finally:
        x = 4


def returns_within():
    with Context():
        return 1


def loops(n):
    while True:
        n += 1
        if n < 2:
            continue
        if n > 3:
            break
    while n:
        n -= 1
        if n == 2:
            continue
        elif n == 1:
            break
    else:
        n = 5


for f, args in [(nested, (1,)), (nested, (2,)), (leaves, ()), (returns, ()), (returns_within, ()), (loops, (0,)), (loops, (-3,))]:
    trace_of(f, *args)

seen = []


def late(frame, event, arg):
    if frame.f_code.co_name in ("caller", "starts"):
        seen.append((frame.f_code.co_name, event, frame.f_lineno - frame.f_code.co_firstlineno))
    return late


def calls_only(frame, event, arg):
    return None


def starts():
    sys._getframe().f_back.f_trace = late; return 1


def caller():
    x = 1; starts()
    y = 2
    return y


sys.settrace(calls_only)
caller()
sys.settrace(None)
print(seen)
