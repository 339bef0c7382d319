# The fields of built-in exceptions: what is given, what is not, and what they may be set to.
e = OSError(2, "no such thing", "a.txt")
print(type(e).__name__, e.errno, e.strerror, e.filename, e.filename2, e.args, e)
for n in (1, 2, 4, 10, 11, 13, 17, 20, 21, 32, 103, 104, 110, 111, 9999):
    print(n, type(OSError(n, "text")).__name__)
print(type(OSError("one")).__name__, OSError().errno, OSError("a").strerror, type(FileNotFoundError(13, "x")).__name__)
print(StopIteration().value, StopIteration(3).value, SystemExit().code, SystemExit("x").code)
print(NameError("x").name, AttributeError("x").name, AttributeError("x", name="n", obj=1).obj)
print(ImportError("m").name, ImportError("m", name="n", path="p").path, ImportError("m").msg)
print(SyntaxError("s").msg, SyntaxError().lineno, SyntaxError().text)


class Own(OSError):
    pass


print(type(Own(2, "x")).__name__, Own(2, "x").errno)
for name in "__cause__", "__context__":
    try:
        setattr(e, name, 3)
    except TypeError as error:
        print(error)
    setattr(e, name, ValueError(1))
    setattr(e, name, None)
    print(getattr(e, name))
print(issubclass(ConnectionResetError, ConnectionError), issubclass(ConnectionRefusedError, OSError))
