# Classes that make no exception, thrown into generators; equal keyword arguments.
def t(f, *a, **k):
    try: r = f(*a, **k)
    except BaseException as e: print(type(e).__name__, e)
    else: print(repr(r))
def f(**k): pass
t(lambda: f(**{1:3}, **{1:5})); t(lambda: f(**{1:3})); t(lambda: f(**{'a':3}, **{'a':5})); t(lambda: f(a=1, **{'a':5}))
t(lambda: f(**{1:3}, a=4)); t(lambda: dict(**{1:3}, **{1:5}))
class Bad(Exception):
    def __new__(cls,*a): return 3
class Bad2(Exception):
    def __init__(s,*a): raise KeyError('i')
def g():
    try: yield 1
    except BaseException as e: print('in', type(e), e); raise
x=g(); next(x); t(x.throw, Bad); x=g(); t(x.throw,Bad); x=g(); next(x); t(x.throw, Bad2)
x=g(); next(x); t(x.throw, 3); t(x.throw, int)
