"""pdb: stepping, breakpoints, looking around."""
import io
import os
import pdb
import signal
import sys

base = os.path.dirname(os.path.abspath(__file__))


def session(commands, f, *args):
    out = io.StringIO()
    debugger = pdb.Pdb(stdin=io.StringIO("\n".join(commands) + "\n"), stdout=out, nosigint=True, readrc=False)
    try:
        debugger.set_trace()
        result = f(*args)
        sys.settrace(None)
        print("result", result, file=out)
    except pdb.bdb.BdbQuit:
        print("quit", file=out)
    sys.settrace(None)
    print("=====", f.__name__)
    text = out.getvalue().replace(base + os.sep, "")
    print("\n".join(line for line in text.splitlines()))
    pdb.bdb.Breakpoint.clearBreakpoints()


def add(a, b):
    total = a + b
    return total


def work(n):
    total = 0
    for i in range(n):
        total = add(total, i)
    text = f"total {total}"
    return text


def raises(x):
    y = x - 1
    return 1 / y


def catches():
    try:
        raises(1)
    except ZeroDivisionError as e:
        return str(e)


def gen(n):
    for i in range(n):
        yield i


def uses_gen():
    total = 0
    for x in gen(2):
        total += x
    return total


session(["step", "s", "n", "n", "p n", "p total", "step", "where", "up", "p i", "down", "a", "r", "retval", "n", "c"], work, 2)
session(["s", "s", "list 36,41", "whatis n", "pp {'a': n}", "!n = 1", "p n", "total = 5", "n", "p nope", "c"], work, 3)
session(["b add", "c", "bt", "b", "disable 1", "b 40, total > 0", "enable 1", "c", "ignore 1 1", "clear 1", "c", "c"], work, 3)
session(["tbreak add", "c", "condition 1", "u", "u", "u 5", "d 20", "until", "unt", "c"], work, 1)
session(["b raises", "c", "n", "n", "n", "n", "c"], catches)
session(["s", "s", "n", "n", "n", "n", "n", "n", "n", "c"], uses_gen)
session(["b gen", "c", "n", "n", "cl 1", "c"], uses_gen)
session(["q"], work, 1)
session(["alias pa p add", "alias", "unalias pa", "alias", "b nowhere", "b 10000", "b x:3", "clear 7", "enable x", "cond", "jump",
         "h nope", "s ;; n", "display total", "n", "n", "n", "display", "undisplay total", "undisplay total", "source add",
         "c"], work, 2)
session(["s", "s", "longlist", "commands 9", "b add", "commands 1", "silent", "p a + b", "end", "c", "c", "c"], work, 2)


def stops():
    x = 1
    breakpoint()
    y = 2
    return x + y


stdin, sys.stdin = sys.stdin, io.StringIO("n\np x\nc\n")
pdb.Pdb.prompt = "(Pdb) "
before = sys.stdout
sys.stdout = out = io.StringIO()
try:
    value = stops()
finally:
    sys.settrace(None)
    sys.stdout, sys.stdin = before, stdin
    signal.signal(signal.SIGINT, signal.default_int_handler)
    pdb.Pdb._previous_sigint_handler = None
print(out.getvalue().replace(base + os.sep, ""), value)

try:
    raises(1)
except ZeroDivisionError as e:
    debugger = pdb.Pdb(stdin=io.StringIO("p y\nu\nq\n"), stdout=sys.stdout)
    debugger.print_stack_entry = lambda entry, prefix="": print("frame", entry[0].f_code.co_name, entry[1])
    debugger.reset()
    debugger.interaction(None, e.__traceback__)
