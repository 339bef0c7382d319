"""traceback: the marks under operators and subscripts."""
import traceback


def show(f):
    try:
        f()
    except Exception:
        print(traceback.format_exc(), end="")


def subscript():
    return {}["k"] + 1


def division(a=1, b=0):
    äöü = 1
    return äöü + (a / b) * 2


def whole(a=1, b=0):
    a / b


def called():
    return len(5)


def many_lines():
    return (1 +
            [])


for f in (subscript, division, whole, called, many_lines):
    show(f)
