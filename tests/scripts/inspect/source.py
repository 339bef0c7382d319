import inspect, functools, types, sys

# comment of deco
# second line

def deco(f):
    @functools.wraps(f)
    def w(*a, **k):
        return f(*a, **k)
    return w

# about g
@deco
def g(x):
    """Doc of g.

        indented
    """
    y = [
        1,
    2]
    # trailing in
    return x
    # trailing comment

class A:
    """A doc"""
    # c
    def m(self):
        return 1

    class B:
        def n(self): pass

    def o(self): return lambda x: x + 1
fs = lambda q: q * 2
print(inspect.getsource(g))
print(inspect.getsourcelines(A.m), inspect.getsourcelines(A.B.n))
print(inspect.getsource(A().o()), inspect.getsource(fs))
print(inspect.getcomments(g), inspect.getcomments(deco))
print(inspect.getdoc(g)); print(inspect.getdoc(A))
print(inspect.getmodule(g) is sys.modules['__main__'], inspect.getsourcefile(g) == __file__, inspect.getfile(A.m) == __file__)
for o in (1, len, int, sys):
    try: print(inspect.getsource(o))
    except Exception as e: print(type(e).__name__, e)
class C(A):
    def m(self): pass
    @property
    def p(self): "prop doc"
    x: int = 3
class D(C):
    def m(self): pass
    @property
    def p(self): pass
class E(A):
    def m(self):
        "has"
class F(E):
    def m(self): pass
print(inspect.getdoc(D.p), inspect.getdoc(F().m), inspect.getdoc(F.m), inspect.getdoc(C))
for a in inspect.classify_class_attrs(D):
    if a.name in ('m','p','x', 'B', '__init__', '__class__', '__doc__'): print(a.name, a.kind, a.defining_class)
print(inspect.getclasstree([A, C, D, E, F]))
print(inspect.getclasstree([A, C, D, E, F], unique=True))
print([k for k,v in inspect.getmembers(D(), inspect.ismethod)], [k for k, v in inspect.getmembers_static(D, inspect.isfunction)])
def f(a, b=1, *c, d, e=2, **kw):
    fr = inspect.currentframe()
    print(inspect.getargvalues(fr).args)
    return inspect.getframeinfo(fr)
i = f(1, d=3); print(i.filename == __file__, i.lineno, i.function, i.code_context, i.index, i.positions)
for args in [((), {}), ((1,), {}), ((1,2,3), {'d':1, 'a': 2}), ((), {'d':1}), ((1,), dict(d=1,z=5))]:
    try: print(inspect.getcallargs(f, *args[0], **args[1]))
    except TypeError as e: print(e)
def p0(a, b): pass
def p1(a, b=2, *, k): pass
for fn, args in [(p0, (1,2,3)), (p0, ()), (p1, (1,2,3)), (p1, ()), (p1,(1,))]:
    try: inspect.getcallargs(fn, *args)
    except TypeError as e: print(e)
x = 5
def outer():
    n = 1
    def inner(): return n, x, len, undefined
    return inner
print(inspect.getclosurevars(outer()))
def tr():
    try: 1/0
    except ZeroDivisionError: return [(t.function, t.lineno, t.code_context) for t in inspect.trace()]
print(tr())
async def co(): pass
async def ag(): yield
def gen(): yield
c = co()
print(inspect.iscoroutine(c), inspect.iscoroutinefunction(co), inspect.isasyncgenfunction(ag), inspect.isgeneratorfunction(gen), inspect.isawaitable(c), inspect.isasyncgen(ag()), inspect.getcoroutinestate(c))
c.close(); print(inspect.getcoroutinestate(c))
print(inspect.isgeneratorfunction(functools.partial(gen)))
