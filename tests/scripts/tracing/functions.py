"""settrace and its relatives: what they return, frames' attributes, errors."""
import sys
import threading

log = []


def tracer(frame, event, arg):
    log.append((frame.f_code.co_name, event))
    return tracer


def f():
    x = 1
    return x


print(sys.gettrace())
sys.settrace(tracer)
print(sys.gettrace() is tracer)
f()
sys.settrace(None)
print(sys.gettrace(), log)
log.clear()


# None as the local trace function: calls only.
def calls_only(frame, event, arg):
    log.append((frame.f_code.co_name, event, frame.f_trace))


sys.settrace(calls_only)
f()
f()
sys.settrace(None)
print(log)
log.clear()


# The local function may replace itself.
def second(frame, event, arg):
    log.append(("second", event))
    return second


def first(frame, event, arg):
    log.append(("first", event))
    return second


def start(frame, event, arg):
    return first


sys.settrace(start)
f()
sys.settrace(None)
print(log)
log.clear()


# Lines off, opcodes on.
def opcodes(frame, event, arg):
    frame.f_trace_lines = False
    frame.f_trace_opcodes = True
    log.append(event)
    return opcodes


sys.settrace(opcodes)
f()
sys.settrace(None)
print("line" in log, "opcode" in log, log[0], log[-1])
log.clear()

frame = sys._getframe()
print(frame.f_trace, frame.f_trace_lines, frame.f_trace_opcodes)
for name in "f_trace_lines", "f_trace_opcodes":
    try:
        setattr(frame, name, 1)
    except TypeError as e:
        print(e)
frame.f_trace = tracer
print(frame.f_trace is tracer)
del frame.f_trace
print(frame.f_trace)


# A trace function that raises ends tracing, and its exception goes on in what it traces.
def bad(frame, event, arg):
    if event == "line" and frame.f_code.co_name == "f":
        raise RuntimeError("from the tracer")
    return bad


sys.settrace(bad)
try:
    f()
except RuntimeError as e:
    print(e, sys.gettrace())
sys.settrace(None)


# Its own frame's lines, from an outer frame.
def set_outer():
    sys.settrace(tracer)
    sys._getframe().f_back.f_trace = tracer


def outer():
    set_outer()
    a = 1
    b = 2
    sys.settrace(None)


outer()
print(log)
log.clear()


# Exceptions pass through frames.
def raises():
    raise ValueError("v")


def passes():
    raises()


def catches():
    try:
        passes()
    except ValueError:
        return "caught"


def exceptions(frame, event, arg):
    if event in ("exception", "return"):
        log.append((frame.f_code.co_name, event, arg[0].__name__ if event == "exception" else arg))
    return exceptions


sys.settrace(exceptions)
catches()
sys.settrace(None)
print(*log, sep="\n")
log.clear()


# Generators: throw and close.
def gen():
    try:
        yield 1
    except KeyError:
        yield 2


sys.settrace(tracer)
g = gen()
next(g)
g.throw(KeyError)
g.close()
sys.settrace(None)
print(*log, sep="\n")
log.clear()


# A trace function changes locals.
def changes(frame, event, arg):
    if event == "line" and frame.f_code.co_name == "changed" and "x" in frame.f_locals:
        frame.f_locals["x"] = 42
    return changes


def changed():
    x = 1
    y = x
    return x, y


sys.settrace(changes)
result = changed()
sys.settrace(None)
print(result)

# Threads.
threading.settrace(tracer)
print(threading.gettrace() is tracer)


def in_thread():
    f()


t = threading.Thread(target=in_thread)
t.start()
t.join()
threading.settrace(None)
print([e for e in log if e[0] in ("in_thread", "f")], sys.gettrace())
log.clear()


# Recursion is still limited.
def deep(n):
    return deep(n + 1)


def quiet(frame, event, arg):
    return quiet


sys.setrecursionlimit(200)
sys.settrace(quiet)
try:
    deep(0)
except RecursionError as e:
    print(type(e).__name__)
sys.settrace(None)
print(sys.getrecursionlimit())
try:
    sys.settrace()
except TypeError as e:
    print(e)


# What was asked for earlier does not come back.
def looks(frame, event, arg):
    if event == "line" and "n" in frame.f_locals:
        seen.append(frame.f_locals["n"])
    return looks


def counts():
    n = 1
    n += 1
    n += 1
    return n


seen = []
sys.setrecursionlimit(1000)
sys.settrace(looks)
result = counts()
sys.settrace(None)
print(result, seen)
