import inspect, functools
def f(a, b: int = 3, /, c=4, *args: str, d, e: 'float' = 2, **kw) -> int: pass
s = inspect.signature(f)
print(s, repr(s)); print(list(s.parameters.items()))
print(s.bind(1, d=3), s.bind(1,2,3,4,5,d=7,z=3).kwargs)
for a, k in [((), {}), ((1,), {}), ((1,2,3,4), {'d':1,'c':3}), ((), dict(a=1))]:
    try: print(s.bind(*a, **k))
    except TypeError as e: print(e)
class A:
    def __init__(self, x, y=2): pass
    def m(self, *, q): pass
    @classmethod
    def c(cls, z): pass
    @staticmethod
    def st(z): pass
    def __call__(self, w): pass
print(inspect.signature(A), inspect.signature(A.m), inspect.signature(A(1).m), inspect.signature(A.c), inspect.signature(A.st), inspect.signature(A(1)))
print(inspect.signature(functools.partial(f, 1, c=9)), inspect.signature(functools.partial(A.m, 1)))
print(inspect.getfullargspec(f))
print(inspect.getcallargs(f, 1, d=3))
print(inspect.Parameter.KEYWORD_ONLY, repr(inspect.Parameter.KEYWORD_ONLY), inspect.Parameter.VAR_KEYWORD.description)
print(inspect._empty, inspect.Parameter('a', inspect.Parameter.KEYWORD_ONLY, default=3))
def gen():
    x = 1
    yield x
g = gen()
print(inspect.getgeneratorstate(g)); next(g); print(inspect.getgeneratorstate(g), inspect.getgeneratorlocals(g)); g.close(); print(inspect.getgeneratorstate(g))
print(inspect.getmembers(A, inspect.isfunction)[0][0])
print(inspect.getdoc(A), inspect.cleandoc("a\n   b\n     c\n"))
def outer():
    return inspect.stack()[0].function, inspect.currentframe().f_code.co_name, inspect.stack()[1].lineno
print(outer())
