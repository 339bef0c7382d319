"""sys.setprofile: calls, returns and native calls."""
import sys
import threading

events = []


def profiler(frame, event, arg):
    name = frame.f_code.co_name
    if event.startswith("c_"):
        events.append((name, event, arg.__name__))
    else:
        events.append((name, event, arg if isinstance(arg, (int, str, type(None))) else type(arg).__name__))


def inner(x):
    return len(str(x)) + abs(-x)


def fails():
    try:
        [].index(3)
    except ValueError:
        pass
    int("x")


def gen(n):
    for i in range(n):
        yield i


class Thing:
    def __init__(self, v):
        self.v = v

    def __add__(self, other):
        return Thing(self.v + other.v)

    @property
    def double(self):
        return self.v * 2


def work():
    inner(12)
    try:
        fails()
    except ValueError:
        pass
    list(gen(2))
    (Thing(1) + Thing(2)).double
    sorted([3, 1], key=lambda x: -x)
    print("printed", end="\n")
    "a-b".split(sep="-")
    max(*[1, 2])
    d = {}
    d.setdefault(1, []).append(2)
    return 7


def show():
    for e in events:
        print(*e)
    events.clear()


print(sys.getprofile())
sys.setprofile(profiler)
work()
sys.setprofile(None)
show()
sys.setprofile(profiler)
len("abc")
sys.setprofile(None)
show()


def caller():
    sys.setprofile(profiler)
    return 1


caller()
sys.setprofile(None)
show()


# A profile function that raises is gone.
def bad(frame, event, arg):
    raise KeyError(event)


sys.setprofile(bad)
try:
    inner(1)
except KeyError as e:
    print("raised", e, sys.getprofile())

# Threads have their own.
threading.setprofile(profiler)
print(threading.getprofile() is profiler)


def in_thread():
    return inner(3)


t = threading.Thread(target=in_thread)
t.start()
t.join()
threading.setprofile(None)
print([e for e in events if e[0] in ("in_thread", "inner")])
print(sys.getprofile())
