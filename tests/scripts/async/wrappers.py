# What types.coroutine() makes of generators and generator-like objects; aclose() of the abstract class.
import collections.abc
import types


def gen():
    yield 1


g = gen()


@types.coroutine
def given():
    return g


wrapper = given()
print(type(wrapper).__name__, wrapper.__name__, wrapper.__await__() is g, wrapper.gi_code is g.gi_code, wrapper.cr_running)


class Other(collections.abc.Generator):
    def send(self, value):
        return value

    def throw(self, *error):
        raise error[0]

    def close(self):
        return 7


@types.coroutine
def other():
    return Other()


w = other()
print(w.__await__() is w, w.send(3), w.close(), hasattr(w, "gi_code"), next(w))


class Async(collections.abc.AsyncGenerator):
    async def asend(self, value):
        return value

    async def athrow(self, typ, val=None, tb=None):
        await super().athrow(typ, val, tb)


def run(awaitable):
    try:
        awaitable.send(None)
    except StopIteration as e:
        return e.value
    except BaseException as e:
        return type(e)


print(run(Async().aclose()), run(Async().__anext__()), run(Async().athrow(KeyError)))


class Stays(Async):
    async def athrow(self, typ, val=None, tb=None):
        pass


print(run(Stays().aclose()))
