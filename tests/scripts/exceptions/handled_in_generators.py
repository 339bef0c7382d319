# What is handled in a generator, when the very exception that is handled outside was thrown into it.
import sys
def store_raise_exc_generator():
    try:
        print(sys.exc_info()[0]); yield
    except Exception as exc:
        print(sys.exc_info()[0]); print(exc.__context__)
        yield
        print(sys.exc_info()[0])
        raise
make = store_raise_exc_generator()
next(make)
try: raise ValueError()
except Exception as exc:
    try: make.throw(exc)
    except Exception: pass
next0=next
try: next0(make)
except ValueError as e: print('ve', sys.exc_info()[0])
print(sys.exc_info())
def g():
    try: yield 1
    finally: print('fin', sys.exc_info()[0])
x=g(); next(x)
try: raise KeyError
except KeyError: x.close()
def gen():
    try: raise IndexError
    except IndexError:
        yield 1
        print(sys.exc_info()[0])
    yield 2
    print(sys.exc_info())
y=gen(); next(y); next(y); list(y)
def h():
    try:
        raise ValueError
    except:
        yield sys.exc_info()[0]
        try: raise KeyError
        except KeyError: yield sys.exc_info()[0], sys.exc_info()[1].__context__
        yield sys.exc_info()[0]
    yield sys.exc_info()[0]
try: raise OSError
except OSError: print(list(h()), sys.exc_info()[0])
def k():
    try: raise IndexError
    except IndexError: yield sys.exc_info()[0]
    yield sys.exc_info()[0]
    try: raise KeyError
    except KeyError:
        try: raise LookupError
        except LookupError:
            yield sys.exc_info()[0]
        yield sys.exc_info()[0]
    yield sys.exc_info()[0]
try: raise OSError
except OSError:
    z=k(); print(next(z), next(z), next(z))
print(next(z), next(z))
z=k(); print(next(z))
try: raise TypeError
except TypeError: print(next(z), next(z))
print(next(z)); 
try: raise TypeError
except TypeError: print(next(z))
def inner():
    try: yield 1
    except ValueError: yield sys.exc_info()[0]
    yield sys.exc_info()[0]
def outer():
    yield from inner()
    yield sys.exc_info()[0]
o=outer(); next(o)
try: raise ValueError
except ValueError as v: print(o.throw(v))
print(next(o), next(o))
from contextlib import contextmanager
@contextmanager
def cm():
    try: yield
    except ValueError as e:
        print('caught', sys.exc_info()[0]); raise KeyError from e
try:
    with cm(): raise ValueError(1)
except KeyError as e: print(repr(e.__cause__), repr(e.__context__), sys.exc_info()[0])
print(sys.exc_info())
async def co():
    try: await sl()
    except ValueError:
        await sl(); print(sys.exc_info()[0])
        raise
class sl:
    def __await__(self): yield 1
c2=co(); c2.send(None)
try: raise ValueError('v')
except ValueError as v:
    c2.throw(v)
try: c2.send(None)
except ValueError as v: print('again', v)
