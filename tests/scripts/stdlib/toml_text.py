"""tomllib: all kinds of values, tables, and errors with their places."""
import io
import tomllib
from decimal import Decimal

TEXT = r'''
# comment
title = "TOML \u00e9 \"q\" \\ \t"
'quoted key' = 'lit\eral'
"dotted"."a b".c = 1
int = [1, +2, -3, 0x1F, 0b101, 0o17, 1_000,]
float = [1.5, -2e3, 6.02_1E+23, inf, -inf, nan]
bool = [true, false]
dates = [1979-05-27T07:32:00Z, 1979-05-27T00:32:00.999999-07:00, 1979-05-27 07:32:00, 1979-05-27, 07:32:00.5]
multi = """
line one
  two \
     joined ""quotes"" """
raw = \'\'\'
raw \n text''\'\'\'
inline = { x = 1, y.z = [ { a = 1 } ], "k" = {} }
nested = [[1, 2], ["a", ["b"]], # comment
  { c = 3 }
]

[owner]
name = "T"   # comment
[owner.address.street]
no = 3
[[products]]
name = "H"
[[products]]
[[products.parts]]
id = 1
[[products.parts]]
id = 2
[a.b.c]
[a]
d = 1
'''.replace("\\'\\'\\'", "'''")
data = tomllib.loads(TEXT)
for key, value in data.items():
    print(key, repr(value))
print(tomllib.load(io.BytesIO(b"a = 1\r\nb = 2\r\n")), tomllib.loads("x = 1.10", parse_float=Decimal), tomllib.loads(""))
for bad in ("a", "a =", "a = b", "= 1", "a = 1 b = 2", "[a", "[a]\n[a]", "a = 1\na = 2", "[[a]\n", "a = [1", "a = {b = 1", "a = {b = 1, b = 2}", 'a = "x', "a = 'x", 'a = "\\q"',
            'a = "\\u12"', 'a = "\\ud800"', "a = 1979-13-01", "a = 1979-02-30", "a = 01", "a.b = 1\na = 2", "a = 1\na.b = 2", "[a]\nb = 1\n[a.b]", "a = {}\na.b = 1", "[[a]]\n[a]", "a = []\n[[a]]",
            "[a.b]\n[a]\nb.c = 1", "a = '\x01'", 'a = "\x02"', "# \x03", "a = 1\n\nb ? 2", "a..b = 1", "a = {b = 1,}", "a = 0x", "!", "[]", 'a = """x', "a = '''x", "a = \"\n\"", "a = tru"):
    try:
        print(tomllib.loads(bad))
    except tomllib.TOMLDecodeError as e:
        print(repr(bad), "|", e)
for f in (lambda: tomllib.load(io.StringIO("a = 1")), lambda: tomllib.loads("a = 1.5", parse_float=lambda s: [])):
    try:
        print(f())
    except (TypeError, ValueError) as e:
        print(type(e).__name__, e)
print(tomllib.TOMLDecodeError.__mro__[1], tomllib.TOMLDecodeError.__module__)
