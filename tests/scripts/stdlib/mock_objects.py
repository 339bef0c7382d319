"""unittest.mock: mocks, what they note, what they assert, and special methods."""
import asyncio
import re
from unittest import mock
from unittest.mock import ANY, DEFAULT, AsyncMock, MagicMock, Mock, NonCallableMock, PropertyMock, call, create_autospec, mock_open, seal, sentinel


def attempt(f, *args, **kwargs):
    try:
        print(repr(f(*args, **kwargs)))
    except Exception as e:
        print(type(e).__name__, re.sub(r"id='\d+'", "id=...", str(e)))


def shown(m):
    return re.sub(r"id='\d+'", "id=...", repr(m))


m = Mock(name="m")
print(shown(m), shown(m.a.b), shown(m()), shown(m.a().b(1).c), shown(Mock()), shown(Mock().x()), shown(MagicMock(spec=int)))
m.method(1, 2, key="v").other("x")
m(3)
print(m.mock_calls, m.method_calls, m.call_args, m.call_args_list, m.called, m.call_count)
print(m.method.call_args.args, m.method.call_args.kwargs, m.method.call_args == call(1, 2, key="v"), m.method.call_args == ((1, 2), {"key": "v"}))
m.assert_called_once_with(3)
m.method.assert_called_with(1, 2, key=ANY)
attempt(m.assert_called_with, 4)
attempt(m.assert_not_called)
attempt(m.other.assert_called)
attempt(m.other.assert_called_with, 1, a=2)
attempt(m.other.assert_called_once)
attempt(m.assert_any_call, 5)
attempt(m.assert_has_calls, [call(3), call(4)])
attempt(m.assert_has_calls, [call(9)], any_order=True)
m.assert_has_calls([call.method(1, 2, key="v").other("x"), call(3)])
m.assert_has_calls([call(3), call.method(1, 2, key="v")], any_order=True)
m(1)
attempt(m.assert_called_once_with, 1)
attempt(lambda: m.asert_called)
m.reset_mock()
print(m.mock_calls, m.called, m.call_args)

# Results and effects.
m = Mock(return_value=5, side_effect=None)
print(m(), Mock(**{"a.b.return_value": 7, "c": 1}).a.b())
m.side_effect = [1, 2, KeyError("k"), DEFAULT]
print(m(), m())
attempt(m)
print(m())
attempt(m)
m.side_effect = lambda *a, **k: (a, k)
print(m(1, x=2))
m.side_effect = ValueError("no")
attempt(m, 1)
wrapped = Mock(wraps=[3, 1, 2])
print(wrapped.index(1), wrapped.index.mock_calls, wrapped.count(9))

# Specifications.
class Thing:
    attribute = 3

    def method(self, a, b=2):
        return a

    @staticmethod
    def static(x): ...

    @property
    def prop(self): ...

    async def later(self): ...


m = Mock(spec=Thing)
print(isinstance(m, Thing), m.__class__ is Thing, sorted(n for n in dir(m) if n in dir(Thing) and not n.startswith("_")))
attempt(lambda: m.nothing)
m.other = 1
attempt(setattr, Mock(spec_set=Thing), "other", 1)
attempt(lambda: Mock(spec=["a"]).b)
attempt(Mock, spec=Mock())
auto = create_autospec(Thing)
instance = auto()
instance.method(1)
attempt(instance.method)
attempt(instance.method, 1, 2, 3)
instance.method.assert_called_with(1)
instance.method.assert_called_once_with(a=1)
attempt(instance.method.assert_called_with, 1, 2, 3)
attempt(lambda: instance.nothing)
attempt(auto, 1)
attempt(auto.static, 1, 2)
print(isinstance(instance, Thing), type(instance.later).__name__, instance.attribute.__class__)


def function(a, b=1, *, c=2):
    """Doc."""


f = create_autospec(function, return_value=9)
print(f(1), f.__name__, f.__doc__, f.mock_calls, f.call_args)
attempt(f)
f.assert_called_once_with(1)
attempt(f.assert_called_once_with, 2)

# Special methods.
m = MagicMock()
print(len(m), bool(m), int(m), float(m), complex(m), list(m), 3 in m, m == m, m == 1, m != m, hash(m) == hash(m), [1, 2][m])
attempt(lambda: m < 1)
attempt(lambda: Mock() + 1)
m.__len__.return_value = 4
m.__getitem__.side_effect = lambda k: k * 2
m.__iter__.return_value = iter([1, 2])
m.__str__.return_value = "text"
m.__contains__ = lambda self, x: x == 1
m.__enter__.return_value = "entered"
with m as value:
    print(value)
print(len(m), m["a"], list(m), str(m), 1 in m, 2 in m, m.__exit__.call_args)
m + 1
m["k"] = 2
print(m.mock_calls[-2:], m.__setitem__.call_args)
attempt(setattr, m, "__getattr__", 1)
attempt(lambda: NonCallableMock()())
attempt(lambda: MagicMock(spec=int).__getitem__)

# Attributes.
m = Mock()
del m.gone
attempt(lambda: m.gone)
m.x = Mock()
m.x(1)
n = Mock(name="named")
m.n = n
n(2)
print(m.mock_calls)
m.attach_mock(n, "attached")
n(3)
print(m.mock_calls)
m.configure_mock(a=1, **{"b.c": 2})
print(m.a, m.b.c)
seal(m)
attempt(lambda: m.new)
attempt(m)
p = PropertyMock(return_value=4)
type(m).prop = p
print(m.prop, p.mock_calls)
m.prop = 6
print(p.mock_calls)

# Calls.
print(call, call(1, a=2), call.a.b(1), call.a(1).b(2).call_list(), call == call(), call("x") in [call("x")], call.m(1) == call.m(1) != call.n(1))
print(call(1) == (1,), call(1) == ((1,),), call(1, 2).args, call(a=1).kwargs, call(ANY, 2) == call(1, 2), tuple(call.a(1)))
print(sentinel.one, sentinel.one is sentinel.one, DEFAULT, ANY, ANY == 5, [1, ANY] == [1, 2])
print(sorted(mock.__all__))

# Files.
m = mock_open(read_data="a\nb\nc")
with m("name", "w") as f:
    f.write("x")
    print(f.read(), f.readline(), list(m("name")), m("name").readlines(), m("n").readline(), m("n").read(2))
m.assert_any_call("name", "w")
m().write.assert_called_once_with("x")
print(m.mock_calls[:4])
print(mock_open(read_data=b"1\n2")().readlines())


# Awaiting.
async def main():
    m = AsyncMock(return_value=3)
    print(await m(1), m.await_count, m.await_args, m.await_args_list, asyncio.iscoroutinefunction(m))
    m.assert_awaited_once_with(1)
    attempt(m.assert_awaited_with, 2)
    attempt(m.assert_not_awaited)
    attempt(m.other.assert_awaited)
    attempt(m.assert_any_await, 3)
    attempt(m.assert_has_awaits, [call(2)])
    m.side_effect = [1, OSError("x")]
    print(await m())
    for _ in range(2):
        try:
            await m()
        except (OSError, StopAsyncIteration) as e:
            print(type(e).__name__, e)
    magic = MagicMock()
    magic.__aiter__.return_value = [1, 2]
    print([x async for x in magic])
    magic.__aenter__.return_value = "in"
    async with magic as value:
        print(value)
    auto = create_autospec(Thing)()
    print(type(await auto.later()).__name__, auto.later.await_count)


asyncio.run(main())
