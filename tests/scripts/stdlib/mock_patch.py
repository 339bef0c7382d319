"""unittest.mock: patch in all its forms."""
import os
import re
import sys
import unittest
from unittest.mock import DEFAULT, MagicMock, Mock, patch, sentinel

this = sys.modules[__name__]
value = "original"
table = {"a": 1}


class Thing:
    attribute = 1

    def method(self):
        return "real"


def attempt(f, *args, **kwargs):
    try:
        print(f(*args, **kwargs))
    except Exception as e:
        print(type(e).__name__, re.sub(r" (at|from) .*>|id='\d+'", "...", str(e)))


def read():
    return value


@patch(f"{__name__}.value", "patched")
def plain():
    return read()


print(plain(), read())


@patch.object(Thing, "method", return_value="mocked")
@patch(f"{__name__}.value")
def two(extra, first, second, key=1):
    print(extra, first is value, second is Thing.method, Thing().method(), key)
    second.assert_called_once_with()


two("extra", key=2)
print(Thing().method(), value)

with patch.object(Thing, "attribute", sentinel.other) as given:
    print(given, Thing.attribute)
with patch.object(Thing, "method", autospec=True) as m:
    m.return_value = 5
    thing = Thing()
    print(thing.method(), m.mock_calls == [((thing,),)])
    attempt(thing.method, 1)
with patch.object(Thing, "new", 3, create=True):
    print(Thing.new)
print(hasattr(Thing, "new"))
attempt(patch.object(Thing, "nothing").start)
attempt(patch, "nodots")
attempt(patch.object, "text", "x")
attempt(patch("os.nothing").start)
attempt(patch("no_such_module_here.x").start)
attempt(patch.object, Thing, "attribute", 1, new_callable=Mock)
attempt(lambda: patch.object(Thing, "attribute", 1, return_value=3).start())
attempt(lambda: patch.object(Thing, "method", auto_spec=True))
attempt(lambda: patch.object(Thing, "method", spec=True, autospec=True).start())
attempt(patch.multiple, Thing)

with patch(f"{__name__}.Thing") as cls:
    cls.return_value.method.return_value = "from mock"
    print(Thing().method(), isinstance(cls, MagicMock))
with patch(f"{__name__}.Thing", spec=True) as cls:
    attempt(lambda: Thing().nothing)
    print(isinstance(Thing(), MagicMock))
with patch("builtins.open", create=True) as m:
    m.return_value = 1
    print(open("anything"))
with patch(f"{__name__}.len", return_value=99, create=True):
    print(len([]))
print(len([]))

with patch.multiple(Thing, attribute=5, method=DEFAULT) as made:
    print(sorted(made), Thing.attribute, Thing.method is made["method"])


@patch.multiple(this, value=DEFAULT, table=DEFAULT)
def several(**mocks):
    print(sorted(mocks), mocks["value"] is value)


several()

# Dictionaries.
with patch.dict(table, {"b": 2}, c=3) as inner:
    print(table, inner is table)
    table["d"] = 4
print(table)
with patch.dict(table, clear=True):
    print(table)
print(table)
with patch.dict("os.environ", {"MINIPY_TEST_NAME": "yes"}):
    print(os.environ["MINIPY_TEST_NAME"])
print("MINIPY_TEST_NAME" in os.environ)


@patch.dict(table, {"z": 0})
def decorated():
    return dict(table)


print(decorated(), table)
try:
    with patch.dict(table, {"a": 9}):
        raise KeyError("inside")
except KeyError:
    print(table)

# Start and stop.
patcher = patch(f"{__name__}.value")
m = patcher.start()
print(value is m)
patcher.stop()
print(value, patcher.stop())
patch(f"{__name__}.value", 1).start()
patch(f"{__name__}.value", 2).start()
print(value)
patch.stopall()
print(value)


@patch(f"{__name__}.value", "in class")
class Tests(unittest.TestCase):
    def setUp(self):
        patcher = patch.object(Thing, "attribute", 7)
        self.addCleanup(patcher.stop)
        patcher.start()

    def test_one(self):
        print(value, Thing.attribute)

    @patch(f"{__name__}.table", new_callable=dict)
    def test_two(self, made):
        print(value, table is made, Thing.attribute)

    def other(self):
        return value


unittest.TextTestRunner(stream=open(os.devnull, "w")).run(unittest.defaultTestLoader.loadTestsFromTestCase(Tests))
print(value, Thing.attribute)
