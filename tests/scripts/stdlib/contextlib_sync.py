import sys
from contextlib import *
@contextmanager
def tag(name, fail=None):
    "tagdoc"
    print("<", name)
    try:
        yield name.upper()
    except ValueError as e:
        print("swallow", e)
    finally:
        print(">", name)
with tag("a") as x: print(x)
with tag("b"): raise ValueError("v")
try:
    with tag("c"): raise KeyError("k")
except KeyError as e: print("out", repr(e), e.__traceback__ is not None)
print(tag.__name__, tag.__doc__, tag.__wrapped__.__name__)
@tag("deco")
def f(x): "fd"; return x + 1
print(f(1), f(2), f.__name__, f.__doc__)
@contextmanager
def none():
    if 0: yield
try:
    with none(): pass
except RuntimeError as e: print(e)
@contextmanager
def two():
    yield 1
    yield 2
try:
    with two(): pass
except RuntimeError as e: print(e)
@contextmanager
def two2():
    try: yield 1
    except Exception: pass
    yield 2
try:
    with two2(): raise ValueError
except RuntimeError as e: print(e)
try:
    with tag("stop"): raise StopIteration(3)
except StopIteration as e: print("stop", e.value)
@contextmanager
def rep():
    try: yield
    except ValueError as e: raise KeyError("new") from e
try:
    with rep(): raise ValueError("old")
except KeyError as e: print(repr(e), repr(e.__cause__), repr(e.__context__))
with suppress(ValueError, KeyError): raise KeyError
print("after")
try:
    with suppress(ValueError): raise TypeError("t")
except TypeError as e: print(e)
class Cl:
    def close(self): print("closed")
with closing(Cl()) as c: print(type(c).__name__)
with nullcontext(5) as n: print(n)
class Out:
    def __init__(self): self.t = ""
    def write(self, s): self.t += s
    def flush(self): pass
o = Out()
with redirect_stdout(o) as oo: print("hidden", oo is o)
print(repr(o.t))
e = Out()
with redirect_stderr(e): sys.stderr.write("err")
print(e.t)
with ExitStack() as st:
    print(st.enter_context(tag("s1")))
    st.callback(print, "cb", 1, sep="-")
    st.enter_context(tag("s2"))
    @st.push
    def ex(*d): print("ex", d[0]); return True
    @st.callback
    def cb2(): print("cb2")
    raise ZeroDivisionError("zz")
print("next")
try:
    with ExitStack() as st:
        st.callback(lambda: 1/0)
        st.push(lambda *a: print("saw", a[0]))
        raise ValueError("first")
except ZeroDivisionError as e: print(repr(e), repr(e.__context__))
try:
    with ExitStack() as st:
        @st.callback
        def a(): raise IndexError("1")
        @st.callback
        def b(): raise KeyError("2")
        raise ValueError("3")
except IndexError as e: print(repr(e), repr(e.__context__), repr(e.__context__.__context__), e.__context__.__context__.__context__)
st = ExitStack(); st.callback(print, "late"); st2 = st.pop_all(); st.close(); print("--"); st2.close()
try: ExitStack().enter_context(3)
except TypeError as e: print(e)
class CM(AbstractContextManager):
    def __exit__(self, *a): print("exit", a[0])
with CM() as c: print(type(c).__name__)
try: AbstractContextManager()
except TypeError as e: print(e)
print(isinstance(nullcontext(), AbstractContextManager), issubclass(Cl, AbstractContextManager))
class Dec(ContextDecorator):
    def __enter__(self): print("en"); return self
    def __exit__(self, *a): print("lv"); return True
@Dec()
def boom(): raise ValueError
print(boom())
class Base: pass
class Has:
    def __enter__(s): return 1
    def __exit__(s, *a): return 0
print(isinstance(Has(), AbstractContextManager), isinstance(Base(), AbstractContextManager))
r = redirect_stdout(o)
with r:
    with r: print("x")
    print("y")
print(o.t)
