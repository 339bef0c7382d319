import string
from string import Template, Formatter
print(string.ascii_letters, string.digits, string.hexdigits, string.punctuation, repr(string.whitespace), len(string.printable), string.capwords("hello  wORLD x"), string.capwords("a-b", "-"))
t = Template("$who likes ${what} $$5 $x1")
print(t.safe_substitute(who="A"), t.substitute({"who": "B", "what": "c", "x1": 1}), t.get_identifiers(), t.is_valid(), t.template)
for f in (lambda: t.substitute(who="A"), lambda: Template("a $").substitute(), lambda: Template("a\nb $1").substitute()):
    try: print(f())
    except Exception as e: print(type(e).__name__, e)
class D(Template): delimiter = "%"
print(D("%a $b").substitute(a=1))
f = Formatter()
print(f.format("{0} {a[0]} {b.real:>5} {!r}".replace("{!r}", "{1!r}"), 1, "x", a=[2], b=3), list(f.parse("a{b!r:>{w}}c{{}}")), f.vformat("{x}", (), {"x": 1}), f.format("{} {}", 1, 2), f.format("{:>{}}", "a", 4))


class Numbers(Template):
    delimiter = "%"
    idpattern = "[0-9]+"


class Own(Template):
    pattern = r"\[(?:(?P<escaped>\[)|(?P<named>\w+)\]|(?P<braced>never)|(?P<invalid>))"


class Wrong(Template):
    pattern = r"(?P<escaped>x)|(?P<named>never)|(?P<braced>never)|(?P<invalid>never)|(?P<other>@)"


print(Template.pattern.groupindex, Numbers.pattern.pattern == Template.pattern.pattern, Numbers("%1 %{2} %%").substitute({"1": "a", "2": "b"}))
print(Own("[a] [[ [b]").substitute(a=1, b=2), Own("[ ").is_valid(), Template("$a ${b} $a $$").get_identifiers(), Template("$ ").is_valid())
for f in (Wrong("@").is_valid, Wrong("@").get_identifiers, Wrong("@").safe_substitute, Wrong("@").substitute):
    try:
        print(f())
    except ValueError as e:
        print(e.args[0])
