"""WeakSet is a MutableSet; exceptions keep what was given by name when they are copied."""
import collections.abc, weakref, pickle, copy
print(issubclass(weakref.WeakSet, collections.abc.MutableSet), isinstance(weakref.WeakSet(), collections.abc.Set))
for mk in (lambda: ImportError("m",name="n",path="p"), lambda: ModuleNotFoundError("m",name="n"), lambda: ImportError("m"), lambda: ImportError(),
   lambda: OSError(2,"x","f"), lambda: OSError(2,"x","f",None,"g"), lambda: OSError(2,"x"), lambda: OSError("a"), lambda: OSError(), lambda: FileNotFoundError(2,"q","zz"), lambda: OSError(2,"x","f",None,None),
   lambda: BlockingIOError(11,"x",3)):
    e=mk()
    print(e.__reduce__())
    for c in [copy.copy, copy.deepcopy]+[lambda o,p=p: pickle.loads(pickle.dumps(o,p)) for p in range(6)]:
        d=c(e)
        print(type(d), d, d.args, getattr(d,'name',0), getattr(d,'path',0), getattr(d,'filename',0), getattr(d,'filename2',0),getattr(d,'characters_written',0))
e=ImportError("m",name="n"); e.foo=1; print(e.__reduce__(), e.__dict__); d=copy.copy(e); print(d.foo,d.name)
e=OSError(2,"m","n"); e.foo=1; print(e.__reduce__()); d=copy.copy(e); print(d.foo,d.filename)
class X(OSError): pass
print(X(2,"m","n").__reduce__(), repr(copy.copy(X(2,'m','n'))))
class Y(ImportError):pass
print(Y("m",name="n").__reduce__()[1:])
print(copy.copy(UnicodeDecodeError('utf-8',b'a',0,1,'r')).reason, copy.copy(StopIteration(3)).value, copy.copy(SystemExit(3)).code)
print(AttributeError("m",name="n",obj=3).__reduce__(), NameError("m",name="n").__reduce__())
e=ImportError("m",name="n"); 
try: e.__setstate__(1)
except Exception as x: print(type(x),x)
