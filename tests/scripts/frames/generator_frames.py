# The frame of a generator is one object for its life; where a frame stands that has ended.
import sys
def g():
    f = sys._getframe()
    x = 1
    yield f
    x = 2
    yield f
    x = 3
    try:
        yield sys._getframe()
    finally:
        x = 4
it = g()
fr = it.gi_frame
print(fr is it.gi_frame, fr.f_lineno, fr.f_locals, fr.f_lasti>=0, fr.f_back)
a = next(it)
print(a is fr, it.gi_frame is fr, fr.f_back, fr.f_lineno, fr.f_locals['x'])
b = next(it)
print(b is a, b.f_lineno, b.f_back, b.f_locals['x'])
c = next(it)
print(c is a, c.f_lineno)
try: next(it)
except StopIteration: pass
print(it.gi_frame, fr.f_lineno, fr.f_back, fr.f_locals['x'])
it = g(); fr = it.gi_frame; next(it)
fr.clear()
print(it.gi_frame, fr.f_locals["x"], list(it))
it = g(); fr = it.gi_frame
del it
print(fr.f_lineno, sorted(fr.f_locals), fr.f_back)
it = g(); fr = it.gi_frame; next(it)
del it
print(fr.f_lineno, sorted(fr.f_locals), fr.f_back)
def h(q):
    def k():
        yield sys._getframe(1).f_code.co_name
        try:
            yield it.gi_frame.f_back.f_code.co_name
        finally:
            print('closing', it.gi_frame.f_back.f_code.co_name)
    it = k()
    print(next(it)); print(next(it))
    for x in it: print(x)
    try: it.gi_frame.clear()
    except Exception as e: print(e)
h(1)
def r():
    try: it.gi_frame.clear()
    except RuntimeError as e: print(e)
    yield 1
it = r(); list(it)
async def co():
    print(c.cr_frame.f_back.f_code.co_name); return 5
c = co()
try: c.send(None)
except StopIteration as e: print(e.value, c.cr_frame)
async def ag():
    yield sys._getframe() is a.ag_frame
a = ag()
n = a.__anext__()
try: n.send(None)
except StopIteration as e: print(e.value, a.ag_frame.f_back, a.ag_frame is a.ag_frame)
# same function twice
def two(n):
    if n: 
        it = two(n-1)
        for x in it: yield x, it.gi_frame.f_locals['n'], me[n].gi_frame.f_locals['n']
        yield n
    else: yield 'z'
me = {}
me[2] = two(2); me[1] = two(1)
print(list(me[2]))
def thrown():
    yield 1
t = thrown(); f = t.gi_frame
try: t.throw(ValueError('x'))
except ValueError as e: print(e.__traceback__.tb_next.tb_frame is f, f.f_lineno, t.gi_frame, e.__traceback__.tb_next.tb_lineno)
def lines():
    try:
        1/0
    except ValueError:
        pass
def lines2():
    try:
        1/0
    finally:
        x = 1
        y = 2
def lines3():
    try:
        1/0
    except ZeroDivisionError:
        x = 1
        raise
def lines4():
    try:
        1/0
    except ZeroDivisionError as e:
        x = 1
        raise e
import contextlib
def lines5():
    with contextlib.nullcontext():
        x = 1
        1/0
    y = 1
def lines6():
    for i in range(3):
        1/0
        y = 1
def lines7():
    try:
        try:
            1/0
        finally:
            x = 1
    finally:
        y = 1
def lines8():
    try:
        try:
            1/0
        except ValueError:
            x = 1
        except TypeError:
            x = 2
    except ValueError:
        y = 1
def lines9():
    try:
        raise StopIteration
    except ZeroDivisionError as e:
        pass
    finally:
        z = 1
def lines10():
    with contextlib.nullcontext():
        try:
            1/0
        except ZeroDivisionError as e:
            z = 1
            raise ValueError
import contextlib
for f in (lines, lines2, lines3, lines4, lines5, lines6, lines7, lines8, lines9, lines10):
    try: f()
    except Exception as e:
        tb = e.__traceback__.tb_next
        base = f.__code__.co_firstlineno
        print(f.__name__, tb.tb_lineno-base, tb.tb_frame.f_lineno-base, tb.tb_frame.f_back is sys._getframe())
def ret():
    global F
    F = sys._getframe()
    if F:
        return 5
    x = 1
ret(); print(F.f_lineno - ret.__code__.co_firstlineno)
def ret2():
    global F
    F = sys._getframe()
    for i in range(3):
        pass
    else:
        x = 1
ret2(); print(F.f_lineno - ret2.__code__.co_firstlineno)
def ret3():
    global F
    F = sys._getframe()
    with contextlib.nullcontext():
        pass
ret3(); print(F.f_lineno - ret3.__code__.co_firstlineno)
def ret4():
    global F
    F = sys._getframe()
    try:
        return 1
    finally:
        y = 1
ret4(); print(F.f_lineno - ret4.__code__.co_firstlineno)
def ret6():
    global F
    F = sys._getframe()
    for x in 1, 2:
        pass
ret6(); print(F.f_lineno - ret6.__code__.co_firstlineno)
del F, f, fr, a, b, c
