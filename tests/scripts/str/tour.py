print("abc".upper(), "Hello World".swapcase(), "a,b,,c".split(","), " a b  c ".split(), "abc".center(9, "*"), "7".zfill(3), "-7".zfill(4))
print("{:>10}|{:<8.3f}|{!r:^7}|{a[0]}|{b.real}".format("x", 3.14159, "q", a=[1, 2], b=3))
print("%s %d %05.2f %x %r %%" % ("a", 3, 2.5, 255, "q"), "%(a)s" % {"a": 1}, "%-5s|%5s" % ("a", "b"), "%c" % 65)
print("abcabc".find("c"), "abcabc".rfind("c"), "abc".index("b"), "aXbX".replace("X", "-", 1), "abc".partition("b"), "a.b.c".rpartition("."))
print("abc".isalpha(), "12".isdigit(), "a1".isalnum(), " ".isspace(), "Abc".istitle(), "hello world".title(), "ǆ".title())
print("a\tb".expandtabs(4), "a\nb\r\nc".splitlines(), "a\nb".splitlines(True), "abc".maketrans("a", "b"), "abc".translate({97: "z", 98: None}))
print("straße".casefold(), "ß".upper(), "İ".lower(), "abc".encode(), "é".encode("latin-1"), "é".encode("utf-16"), b"abc".decode(), "abc".removeprefix("a"), "abc".removesuffix("c"))
class S(str):
    def hi(self): return "hi " + self
s = S("bob"); print(s.hi(), s.upper(), type(s.upper()).__name__, s == "bob", {s: 1}["bob"], len(s), s[0], isinstance(s, str))
s.x = 3; print(s.x, s.__dict__)
class SE(str):
    def __new__(cls, v): return super().__new__(cls, v * 2)
    def __str__(self): return "str!"
print(SE("ab"), repr(SE("ab")), f"{SE('ab')}", "%s" % SE("ab"), SE("ab") + "c")
for f in (lambda: "a" + 1, lambda: "a" * "b", lambda: "abc".index("z"), lambda: "".join([1]), lambda: "%d" % "x", lambda: "%s %s" % (1,), lambda: "%s" % (1, 2), lambda: "{} {}".format(1), lambda: "{a}".format(), lambda: "abc"[10], lambda: ord("ab"), lambda: int("x"), lambda: "a".center(), lambda: "é".encode("ascii"), lambda: b"\xff".decode(), lambda: "a".encode("nope"), lambda: format(3, "q"), lambda: "{:d}".format("a"), lambda: "a" < 1, lambda: "x".split(""), lambda: "abc".startswith(1), lambda: str(b"a", "ascii", 3)):
    try: print(f())
    except Exception as e: print(type(e).__name__, e)
print("é".encode("ascii", "replace"), "é".encode("ascii", "xmlcharrefreplace"), "é".encode("ascii", "backslashreplace"), "é".encode("ascii", "ignore"), b"\xff".decode("utf-8", "replace"))
print(f"{3.14159:.2f} {1000000:,} {255:#x} {255:08b} {'a':*^5} {0.5:%} {1e10:g} {-5:+d} {12345.678:,.1f} {'x'!r:>5} {3:>{4}}")
print("αβγ"[1], "αβγ"[::-1], len("αβγ"), "αβγ".upper(), max("αβγ"), "日本語".find("語"), "a😀b"[1], len("a😀b"))
print("abc" in "xabcx", "b" not in "abc", "abc" * 3, "a" "b", "abc" > "abb", "".join(reversed("abc")), sorted("hello"))
print(repr("a'b"), repr('a"b'), repr("\n\t\\\x00\x7f"), ascii("é😀"), "\N{BULLET}")
print("a-b_c".replace("-", "").replace("_", ""), "x=1;y=2".split(";", 1), "a b c".rsplit(" ", 1), "mississippi".count("ss"), "aaa".count("aa"), "".count(""), "abc".count(""))
print(str(b"ab"), str(b"ab", "utf8"), str(1.0), str(None), str([1, "a"]), bytes("é", "utf8"), bytes(3), bytes([1, 2]))
print("abc".format_map({}), "{x}".format_map({"x": 5}), "{0:{1}}".format(5, ">4"), "{:,}".format(1234567), "{!s}".format(3), "{{}}".format())
print("hello"[1:-1], "hello"[::2], "hello"[-3:], "hello"[5:], "a".isidentifier(), "1a".isidentifier(), "abc".isprintable(), "\n".isprintable(), "²".isdigit(), "½".isnumeric())
