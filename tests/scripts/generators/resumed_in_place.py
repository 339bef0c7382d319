# Generators and coroutines that loops, `yield from` and `await` resume: frames, exceptions, what they handle.
import sys, traceback
def count(n):
    for i in range(n): yield i
def twice(n):
    r = yield from count(n)
    yield r
    yield from count(n)
    return 'done'
def outer():
    x = yield from twice(2)
    yield x
print(list(outer()), [x for x in outer()])
for a in outer(): print(a)
def bad():
    yield 1
    raise ValueError('x')
def stop():
    yield 1
    raise StopIteration('s')
def dele(g):
    yield from g()
for g in (bad, stop):
    for w in (g, lambda: dele(g)):
        try:
            for a in w(): print(a)
        except Exception as e:
            traceback.print_exc(file=sys.stdout)
            print(repr(e), repr(e.__context__), repr(e.__cause__))
# handled exceptions inside
def h():
    try: 1/0
    except ZeroDivisionError:
        yield sys.exc_info()[0]
        yield sys.exc_info()[0]
    yield sys.exc_info()[0]
try:
    raise KeyError
except KeyError:
    for e in h(): print(e, sys.exc_info()[0])
for e in h(): print(e, sys.exc_info()[0])
# break leaves suspended; close runs finally
def f():
    try:
        for i in range(5): yield i
    finally: print('closed')
for i in f():
    if i == 2: break
g = f(); next(g)
for i in g:
    print(i, g.gi_running, g.gi_frame.f_lineno)
    break
del g
# reentrancy
def re():
    yield 1
    for _ in gg: yield 5
gg = re()
try:
    for _ in gg: pass
except ValueError as e: print(e)
# frames
def fr():
    f = sys._getframe()
    yield f
    yield f.f_back.f_code.co_name
    yield [s.name for s in traceback.extract_stack()]
def user():
    for x in fr(): print(x if not hasattr(x,'f_code') else x.f_code.co_name)
user()
def rec(n):
    if n: yield from rec(n-1)
    yield n
print(sum(1 for _ in rec(300)))
try:
    for x in rec(5000): pass
except RecursionError as e: print(e)
# send through delegation
def inner():
    got = []
    while True:
        x = yield len(got)
        if x is None: return got
        got.append(x)
def mid():
    r = yield from inner()
    yield r
m = mid(); next(m); print(m.send('a'), m.send('b'), m.send(None))
# throw
def catcher():
    try: yield from count(3)
    except ValueError as e: yield repr(e)
c = catcher(); next(c); print(c.throw(ValueError('t')))
# generator in pair loops
def pairs():
    for i in range(3): yield i, i*i
for a, b in pairs(): print(a, b)
d = {a: b for a, b in pairs()}; print(d)
try:
    for a, b in count(3): pass
except TypeError as e: print(e)
# exceptions with context
def ctx():
    yield 1
    raise ValueError
try:
    try: raise KeyError
    except KeyError:
        for _ in ctx(): pass
except ValueError as e: print(repr(e.__context__))
# return value dropped; nested functions from generators
def callsome():
    def sq(x): return x*x
    for i in range(3): yield sq(i)
print([*callsome()], max(callsome()), sum(callsome()))
for x in callsome(): print(x)
import asyncio
async def leaf(): 
    await asyncio.sleep(0); return 3
async def co(): return await leaf() + await leaf()
print(asyncio.run(co()))
async def nothing(): return 7
async def co2():
    c = nothing()
    print(await c)
    try: await c
    except RuntimeError as e: print(e)
asyncio.run(co2())
