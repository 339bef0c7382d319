# Who sees to the arguments of a subclass of OSError: __new__, or __init__ if only that is overridden.
import copy
import errno
import weakref


class Init(OSError):
    def __init__(self, *args, **kwargs):
        self.given = args, kwargs


class InitAndSuper(OSError):
    def __init__(self, code, text, extra=None):
        super().__init__(code, text)
        self.extra = extra


class New(OSError):
    def __new__(cls, *args, **kwargs):
        return super().__new__(cls, 2, "from new")


class Both(OSError):
    def __new__(cls, *args):
        return super().__new__(cls, *args[:1])

    def __init__(self, *args):
        self.seen = args


class Plain(OSError):
    pass


for e in (
    Init(1, 2, key=3),
    InitAndSuper(errno.ENOENT, "gone", extra=4),
    New(7, key=8),
    Both(1, "two"),
    Plain(errno.EEXIST, "there", "file", None, "other"),
    OSError(errno.EEXIST, "there", "file"),
    Plain("only"),
    Plain(),
):
    print(type(e).__name__, e.args, e.errno, e.strerror, e.filename, e.filename2, str(e), vars(e))
for make in (lambda: Plain(key=1), lambda: OSError(1, key=1), lambda: FileNotFoundError(key=1)):
    try:
        make()
    except TypeError as e:
        print("TypeError:", e)
e = OSError(1, "a")
e.__init__(2, "b")
print(e.args, e.errno)

print(ExceptionGroup[int], BaseExceptionGroup[ValueError], repr(ExceptionGroup[int]("m", [ValueError(1)])))


class C:
    pass


c = C()
r = weakref.ref(c)
print(copy.copy(r) is r, copy.deepcopy(r) is r, copy.deepcopy([r])[0] is r)
