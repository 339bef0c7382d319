# Names beside the public ones that packages import.
import _string
import optparse
import sys
import typing
from urllib.request import getproxies_environment, proxy_bypass_environment

print(list(_string.formatter_parser("a{b!r:c{d}}e{{ }} {0.x[1]}")))
first, rest = _string.formatter_field_name_split("a.b[c][1]")
print(first, list(rest), _string.formatter_field_name_split("12")[0])
for call in (_string.formatter_parser, _string.formatter_field_name_split):
    try:
        call(1)
    except TypeError as e:
        print(e)

values = optparse.Values({"a": 1, "b": None})
values._update_loose({"c": 2})
values._update({"a": 3, "b": 4, "d": 5}, "careful")
print(values, values.__class__.read_file.__name__)

print(sys.implementation.version == sys.version_info, sys.implementation.hexversion == sys.hexversion)
print(typing.ForwardRef.__slots__, hasattr(typing.ForwardRef("int"), "__dict__"))

import os

os.environ.update(http_proxy="http://a:1", no_proxy="x.y,.z:8")
print(getproxies_environment()["http"], proxy_bypass_environment("x.y"), proxy_bypass_environment("q.z:8"), proxy_bypass_environment("w"))
print(proxy_bypass_environment("w", {"no": "*"}), proxy_bypass_environment("w", {}))

from urllib.request import parse_http_list, parse_keqv_list

for text in ('a="b, c", d=e', "", "a,", 'x="q\\"z",  y= 3 ,z', '"a"b,c', 'q="a,b", n=\\1'):
    print(parse_http_list(text))
print(parse_keqv_list(parse_http_list('a="b, c", d=e')))

import re

print(list(re.RegexFlag), len(re.RegexFlag), re.RegexFlag["I"], re.RegexFlag.MULTILINE | re.RegexFlag.S, re.RegexFlag)
print(re.RegexFlag.__members__)
print(re.RegexFlag.ASCII is re.A, re.RegexFlag.T is re.TEMPLATE, re.I in re.RegexFlag)


class Form:
    __slots__ = ("name", "__doc__")

    def __init__(self, name):
        self.name, self.__doc__ = name, f"the form {name}"


print(Form("x").__doc__, type(Form.__doc__).__name__)
try:

    class Bad:
        """text"""

        __slots__ = ("__doc__",)

except ValueError as e:
    print(e)
