# stderr
# atexit functions run in reverse order; an exception in one does not keep the others from running.
import atexit


def show(*args, **kwargs):
    print("exit", args, kwargs)


before = atexit._ncallbacks()
print(atexit.register(show, 1) is show, atexit._ncallbacks() - before)
atexit.register(show, 2, a=3)


@atexit.register
def decorated():
    print("decorated")
    atexit.register(show, "registered at exit")


def removed():
    print("never")


atexit.register(removed)
atexit.register(removed)
atexit.unregister(removed)
print(atexit._ncallbacks() - before)
try:
    atexit.register(3)
except TypeError as e:
    print(e)
try:
    atexit.register()
except TypeError as e:
    print(e)


class Broken:
    def __call__(self):
        raise ValueError("broken")

    def __repr__(self):
        return "<broken>"


atexit.register(Broken())
print("end")
