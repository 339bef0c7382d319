import string, _string
f = string.Formatter()
def t(fn, *a, **k):
    try: print(repr(fn(*a, **k)))
    except Exception as e: print(type(e).__name__, e)
for s in ["", "a", "{}", "{0}", "{", "}", "a{", "a}", "{{}}", "{{", "}}", "{0", "{0!", "{0!r", "{0!r}", "{0!rs}", "{0!x}", "{0:", "{0:>10}", "{0:{1}}", "{0:{1}", "{0[", "{0[a", "{0[a]}", "{0[]}", "{0.}", "{0[a]x}", "{0.x", "{a}", "{!r}", "{:>5}", "{0}{}", "{}{0}", "{0:{0:{0}}}", "{{{0}}}", "{0[}]}", "{0[:]}", "{a.b[c]}", "{99999999999999999999}", "{0[99999999999999999999]}", "{-1}", "{ 0 }", "{0 }", "é{0}ü{1!s:é}ß", "{0!}", "{0!:}", "{0!é}", "{a{b}}", "{0:}}", "{:{}}"]:
    print(s)
    t(lambda: list(_string.formatter_parser(s)))
    t(lambda: list(f.parse(s)))
    t(f.format, s, 5, 10, a=3)
    t(s.format, 5, 10, a=3)
for s in ["", "a", "0", "0.a", "0[1]", "a.b.c", "a[b].c[0]", "a[", "a[]", "a.", "a..b", "a[x]b", ".a", "[a]", "12x", "９", "a[-1]"]:
    def g():
        a, b = _string.formatter_field_name_split(s)
        return a, list(b)
    print(s); t(g)
t(_string.formatter_parser, 3); t(_string.formatter_field_name_split, b"")
it = _string.formatter_parser("a{b}c{")
print(type(it), iter(it) is it, next(it), end=" "); t(next, it); t(next, it)
print(list(string.Formatter().parse("x{{y{z!r:>{w}}")))
t(f.vformat, "{0}{a}", (1,), {"a": 2}); t(f.format, "{b}"); t(f.format, "{5}"); t(f.format)
class S(str): pass
print(list(_string.formatter_parser(S("a{b}"))))
