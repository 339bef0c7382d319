"""What is wrong with programs that parse: names, placement of statements, targets, patterns, futures."""


def show(source):
    try:
        compile(source, "<source>", "exec")
        print(repr(source), "is fine")
    except SyntaxError as e:
        place = (e.lineno, e.offset, e.end_lineno, e.end_offset)
        print(repr(source), type(e).__name__, e.msg, place, repr(e.text))


# The lines of a source are separated by `⏎`.
SOURCES = r"""
def f(a):⏎ global a
def f():⏎ x=1⏎ global x
def f():⏎ print(x)⏎ global x
def f():⏎ x: int⏎ global x
def f():⏎ global x⏎ x: int
x: int⏎global x
def f(a):⏎ nonlocal a
nonlocal x
def f():⏎ nonlocal x
def f():⏎ def g():⏎  nonlocal x
def f():⏎ x=1⏎ def g():⏎  print(x)⏎  nonlocal x
def f():⏎ x=1⏎ def g():⏎  x=2⏎  nonlocal x
def f():⏎ x=1⏎ def g():⏎  nonlocal x⏎  global x
def f():⏎ x=1⏎ def g():⏎  global x⏎  nonlocal x
def f():⏎ x=1⏎ def g():⏎  nonlocal x⏎  x: int
def f(a, a): pass
def f(a, *a): pass
def f(a, *, a): pass
lambda a, a: 1
def f(a, **a): pass
def f(a, /, b, a): pass
def f():⏎ from x import *
class A:⏎ from x import *
return
return 1
class A:⏎ return 1
yield
class A:⏎ yield 1
yield from x
await x
def f():⏎ await x
class A:⏎ await x
async def f():⏎ def g():⏎  await x
break
continue
if x:⏎ break
def f():⏎ break
while 1:⏎ def f():⏎  break
while 1:⏎ class A:⏎  continue
for x in y:⏎ pass⏎else:⏎ break
try: pass⏎finally: continue
async def f():⏎ return 1⏎ yield
async def f():⏎ yield from x
async for x in y: pass
async with x: pass
def f():⏎ async for x in y: pass
def f():⏎ async with x: pass
def f(): [x async for x in y]
[x async for x in y]
def f(): return (x async for x in y)
(x async for x in y)
[await x for x in y]
async def f(): return [[x async for x in y] for z in w]
async def f(): [lambda: [x async for x in y]]
try:⏎ a⏎except:⏎ b⏎except A:⏎ c
from __future__ import nope
from __future__ import braces
x=1⏎from __future__ import annotations
'doc'⏎from __future__ import annotations
'doc'⏎'doc2'⏎from __future__ import annotations
import x⏎from __future__ import division
def f():⏎ from __future__ import division
from __future__ import *
from __future__ import division, nope
x, *y, *z = w
*x = y
*x
[*a, *b] = c
*a, = b
x = *y
f(*x) = 1
del *x, y
for *x in y: pass
for *x, *y in z: pass
print(*x for x in y)
x = yield
f(a=1, a=2)
f(a=1, b=2, a=3)
class A(b=1, b=2): pass
__debug__ = 1
del __debug__
def f(__debug__): pass
f(__debug__=1)
x.__debug__ = 1
del x.__debug__
def __debug__(): pass
class __debug__: pass
import __debug__
import x as __debug__
from x import __debug__
for __debug__ in x: pass
with x as __debug__: pass
try: pass⏎except x as __debug__: pass
(__debug__ := 1)
__debug__ += 1
__debug__: int
lambda __debug__: 1
lambda *__debug__: 1
[x for __debug__ in y]
global __debug__
x[__debug__] = 1
match x:⏎ case __debug__: pass
[i := 0 for i in range(5)]
[[(i := 0) for j in range(5)] for i in range(5)]
[i for i in (j := range(5))]
[i for i in range(5) if (j := 0) for j in range(5)]
class A:⏎ [x := 1 for i in y]
[i+1 for i in i if (i := 1)]
[[(j := i) for i in range(5)] for j in range(5)]
[(yield x) for x in y]
def f(): [(yield x) for x in y]
def f(): {(yield x) for x in y}
def f(): {(yield x): 1 for x in y}
def f(): ((yield x) for x in y)
def f(): [x for x in (yield y)]
def f(): [x for x in y if (yield z)]
def f(): [(yield from x) for x in y]
def f(): [x for x in y for z in (yield)]
def f(x: (yield)): pass
def f() -> (yield): pass
class A:⏎ x: (yield)
def f():⏎ x: (yield)
from __future__ import annotations⏎def f(x: (yield)): pass
from __future__ import annotations⏎def f(x: (await y)): pass
from __future__ import annotations⏎def f(x: (y := 1)): pass
from __future__ import annotations⏎x: (yield)
from __future__ import annotations⏎x: (y := 1) = 3
match x:⏎ case [*a, *b]: pass
match x:⏎ case a: pass⏎ case b: pass
match x:⏎ case _: pass⏎ case b: pass
match x:⏎ case a | b: pass
match x:⏎ case (a, 1) | (b, 1): pass
match x:⏎ case a, a: pass
match x:⏎ case {1: a, 1: b}: pass
match x:⏎ case A(b=1, b=2): pass
match x:⏎ case {**a, **b}: pass
match x:⏎ case _ | 1: pass
match x:⏎ case a | 1: pass
match x:⏎ case (a | 1) as b: pass
match x:⏎ case [a, *a]: pass
match x:⏎ case {'a': x, **x}: pass
match x:⏎ case {-1: a, -1: b}: pass
match x:⏎ case {x.y: a, x.y: b}: pass
match x:⏎ case A(a, b=a): pass
match x:⏎ case a as a: pass
match x:⏎ case f'{x}': pass
match x:⏎ case {f'{x}': 1}: pass
match x:⏎ case {None: 1, None: 2}: pass
match x:⏎ case a if a: pass⏎ case b: pass
"""
for source in SOURCES.strip().split("\n"):
    show(source.replace("⏎", "\n"))

for n in (20, 21):
    for head in ("for x in y:", "while x:", "with x:", "if x:", "try:"):
        lines = [" " * i + head for i in range(n)] + [" " * n + "x"]
        if head == "try:":
            lines += [" " * i + "finally: pass" for i in reversed(range(n))]
        print(n, head)
        show("\n".join(lines))
