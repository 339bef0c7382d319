# stderr
class Failure(Exception):
    pass


def inner(x):
    return x / 0


def outer():
    try:
        inner(1)
    except ZeroDivisionError as e:
        raise Failure("wrapped", 2) from e


try:
    outer()
except Failure as e:
    print(repr(e), repr(e.__cause__))

outer()
