# stderr
"""except*: splitting, naming, raising again, merging what clauses raise, what is no Python."""


def show(f):
    try:
        f()
    except BaseException as e:
        print(type(e).__name__, e, getattr(e, "exceptions", None), repr(e.__context__), repr(e.__cause__))


def group():
    return ExceptionGroup("eg", [ValueError(1), TypeError(2), ExceptionGroup("in", [KeyError(3), ValueError(4)])])


def split():
    try:
        raise group()
    except* ValueError as e:
        print("V", e.exceptions)
    except* (TypeError, KeyError) as e:
        print("T", e.exceptions)
        raise
    else:
        print("else")
    finally:
        print("finally")


def unbound():
    try:
        raise group()
    except* Exception as e:
        print(repr(e))
    try:
        e
    except NameError as x:
        print(x)


def naked():
    try:
        raise ValueError(1)
    except* ValueError as e:
        print(repr(e))
        raise KeyError(9)


def naked_again():
    try:
        raise ValueError(1)
    except* ValueError:
        raise


def merged():
    try:
        raise ExceptionGroup("eg", [ValueError(1), TypeError(2), OSError(3)])
    except* ValueError:
        raise KeyError(1)
    except* TypeError:
        raise


def cause():
    try:
        raise group()
    except* ValueError as e:
        raise KeyError(1) from e
    except* Exception:
        pass


def nothing_raised():
    try:
        pass
    except* ValueError:
        print("no")
    else:
        print("else")


def not_caught():
    try:
        raise OSError
    except* ValueError:
        print("no")


def bad_class():
    try:
        raise OSError
    except* 3:
        print("no")


def bad_group_class():
    try:
        raise OSError
    except* (ValueError, ExceptionGroup):
        print("no")


def nested():
    try:
        try:
            raise group()
        except* ValueError:
            raise IndexError(5)
    except* (IndexError, TypeError) as e:
        print(repr(e))


def own_class():
    class Mine(ExceptionGroup):
        def derive(self, excs):
            return Mine(self.message + "!", excs)

    try:
        raise Mine("mine", [ValueError(1), TypeError(2)])
    except* ValueError as e:
        print(type(e).__name__, e.message)


for f in (
    split, unbound, naked, naked_again, merged, cause, nothing_raised, not_caught, bad_class, bad_group_class, nested,
    own_class,
):
    print("--", f.__name__)
    show(f)


def in_loop():
    for i in range(4):
        try:
            if i % 2:
                raise ExceptionGroup("x", [ValueError(i), TypeError(i)])
        except* ValueError as e:
            for _ in range(3):
                if _ == 1:
                    break
            print(i, e)
        except* TypeError as e:
            print(i, e)


in_loop()

for body in ("return 1", "return", "break", "continue", "for i in 1, 2: break", "while 1: continue"):
    source = f"""
def f():
    while True:
        try: pass
        except* ValueError as e:
            {body}
"""
    try:
        compile(source, "s", "exec")
        print("ok")
    except SyntaxError as e:
        print(e.msg, e.lineno, e.offset, e.end_lineno, e.end_offset)

try:
    raise ExceptionGroup("outer", [ValueError(1), ExceptionGroup("inner", [TypeError(2), KeyError(3)])])
except* TypeError as e:
    raise RuntimeError("of a clause") from e
