# Which part of a line tracebacks mark.
import linecache
import traceback


def show(source):
    names = dict(b={}, a=1, c=2, f=lambda *a: {}, l=[], s="", o=object(), no=lambda *a: 0)
    linecache.cache["snippet.py"] = len(source), None, (source + "\n").splitlines(True), "snippet.py"
    try:
        exec(compile(source, "snippet.py", "exec"), names)
    except Exception as e:
        print("".join(traceback.format_exception(e)[2:]))


for source in (
    # The brackets of a subscript.
    "b     [    a  ] + c", "b[a] + c", "(b)[a] + c", "(b )  [(a)] + c", "b[(a)] + c", "b[a,c] + c", "b[(a),] + c",
    "f(1)[a] + c", "b[b[a]] + c", "b[a][c] + 1", "b[a:c] + 1", "b [ a : c ] + 1", "c + b[ 'x' ]", "b[lambda: 0] + 1",
    "l[0] = 1", "x = 1; l[0] = c", "b['x'][1] = 2; c", "s [0] = 'x'; c", "del b[a]; c", "del b [ a ] ; c",
    "b[a] += 1", "if a: b[1] += ''", "s[0] += 'x'; c", "b [a] += 1", "for l[0] in (1,): pass", "l[0], c = 1, 2",
    # Operators; an assignment with one has no marks of its own.
    "(b) + (c)", "c+(b)", "(c) + (b) + 1", "c   +   b + 1", "c  +  (  b  ) * 0", "c / 0 + 1", "(c) // (0) + 1",
    "c**b + 1", "c  **  b + 1", "c << b | 1", "c @ b | 1", "-b + 1", "not b[a] or 1", "c if b[a] else 1",
    "a += ''", "if a: a += ''", "a @= b; c", "o.x += 1; c", "o.x = 3; c",
    # Assertions fail at their last comparison, or as a whole.
    "assert no(1), 'x'", "assert no(1)", "assert not a == 1", "assert a == 2 or no()", "assert no() or a == 2, 'm'",
    "assert no() if a == 1 else a == 3", "assert 0", "assert a > 1 > 2, f'{a}'", "assert isinstance(a, str), 'no'",
    "if 1: assert isinstance(a, str), 'no'", "assert (no(\n1)\n), 'y'", "assert a \\\n == 2", "assert not a",
    "with o: pass", "a, b = 1; c", "x = y = z; c", "raise ValueError(a); c",
):
    print(source)
    show(source)
