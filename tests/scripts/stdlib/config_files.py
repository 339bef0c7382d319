"""configparser."""
import configparser
import io
import os

TEXT = """
[DEFAULT]
home = /home
level: 3
# a comment
; another
[first section]
Key = value   # not a comment
path = %(home)s/x
multi = one
    two

    three
empty =
percent = 100%%
yes = on
number = 42
float = 2.5
[second]
key: other : colon
level = 4
  indented = continuation
"""


def attempt(function, *args, **kwargs):
    try:
        print(repr(function(*args, **kwargs)))
    except Exception as error:
        print(type(error).__name__, "|", error, "|", error.args)


def read(text, **kwargs):
    parser = configparser.ConfigParser(**kwargs)
    parser.read_string(text)
    return {name: dict(parser.items(name)) for name in parser}


p = configparser.ConfigParser()
p.read_string(TEXT)
print(p.sections(), p.defaults(), list(p), len(p), "second" in p, "DEFAULT" in p)
for section in p.sections():
    print(section, p.items(section), p.options(section), p[section], list(p[section]), len(p[section]))
s = p["first section"]
print(s["KEY"], s.get("nothing"), s.get("nothing", "fallback"), s.getint("number"), s.getfloat("float"), s.getboolean("yes"))
print("key" in s, "home" in s, s.name, s.parser is p, dict(s) == dict(p.items("first section")))
print(p.get("second", "path", fallback="?"), p.get("first section", "path", raw=True), p.getint("no", "no", fallback=7))
print(p.get("first section", "path", vars={"home": "/other"}), p.items("second", vars={"Extra": "x"}), p.items("second", raw=True))
attempt(p.get, "missing", "key")
attempt(p.get, "second", "missing")
attempt(p.getint, "second", "key")
attempt(p.getboolean, "second", "key")
attempt(p.items, "missing")
attempt(p.options, "missing")
attempt(lambda: p["missing"])
attempt(lambda: p["second"]["missing"])
attempt(p.add_section, "second")
attempt(p.add_section, "DEFAULT")
attempt(p.add_section, 5)
attempt(p.set, "missing", "a", "b")
attempt(p.set, "second", "a", 5)
attempt(p.set, "second", "a", "50%")
attempt(p.__delitem__, "DEFAULT")
attempt(p.__delitem__, "missing")
p.add_section("third")
p.set("third", "a", "b\nc")
p["fourth"] = {"x": 1, "y": "2"}
p["third"]["B"] = "%(a)s!"
print(p["third"]["b"], p.remove_option("third", "a"), p.remove_option("third", "a"), p.remove_section("fourth"), p.remove_section("fourth"))
del p["third"]["b"]
for spaces in (True, False):
    out = io.StringIO()
    p.write(out, spaces)
    print(out.getvalue())
print(p.popitem(), p.sections())
p.clear()
print(list(p))

# What cannot be read.
attempt(read, "key = value")
attempt(read, "[a]\nkey\n[b]\n= x\n")
attempt(read, "[a]\n[a]\n")
attempt(read, "[a]\nx=1\nX=2\n")
attempt(read, "[a]\nx = %(y)s\n")
attempt(read, "[a]\nx = %(y\n")
attempt(read, "[a]\nx = 5%\n")
attempt(read, "[a]\nx = %(y)s\ny = %(x)s\n")
attempt(configparser.ParsingError)
attempt(configparser.ConfigParser, interpolation=5)

# Other ways to read.
attempt(read, "[a]\nkey\nx = 1\n", allow_no_value=True)
attempt(read, "[a]\nx -> 1\ny = 2 -> 3\n", delimiters=("->",))
attempt(read, "[a]\nx = 1 ; no\ny = a;b # c\n// no\n", inline_comment_prefixes=(";", "#"), comment_prefixes=("//",))
attempt(read, "[a]\nx=1\nx=2\n[a]\ny=3\n", strict=False)
attempt(read, "[a]\nx = 1\n\n  2\ny = 3\n  4\n", empty_lines_in_values=False)
attempt(read, "[common]\nx = 1\n[a]\ny = %(x)s\n", default_section="common")
attempt(read, "[a]\nx = %(y)s\n", interpolation=None)
attempt(read, "[a]\nx = 1\n[b]\ny = ${a:x}${z} $$\nz = 3", interpolation=configparser.ExtendedInterpolation())
for bad in ("${a:b:c}", "${a:no}", "${no}", "$x", "${x"):
    attempt(read, f"[a]\ny = {bad}\n", interpolation=configparser.ExtendedInterpolation())
attempt(read, "[a]\nx = 1", defaults={"D": "%(x)s"})

parser = configparser.ConfigParser(converters={"list": str.split})
parser.read_dict({"s": {"items": "a b c", "n": 5}, "t": {}})
print(parser.getlist("s", "items"), parser["s"].getlist("items"), parser["t"].getlist("none", ["d"]), dict(parser.converters).keys())
attempt(parser.read_dict, {"u": {"a": 1, "A": 2}})
raw = configparser.RawConfigParser()
raw.optionxform = str
raw.read_string("[S]\nKeyName = %(x)s\n")
raw.set("S", "Number", 5)
print(raw.items("S"), raw.get("S", "KeyName"))
path = f"/tmp/config-{os.getpid()}"
with open(path, "w") as file:
    file.write("[f]\na = ä\n")
print([name == path for name in parser.read([path, "/nonexistent"], encoding="utf-8")], parser["f"]["a"])
with open(path) as file:
    raw.read_file(file)
os.remove(path)
print(raw.sections(), parser == parser, configparser.DEFAULTSECT, configparser.MAX_INTERPOLATION_DEPTH)
