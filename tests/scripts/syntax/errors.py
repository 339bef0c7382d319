"""What is wrong with texts that do not parse: message, place and shown text, for each kind of mistake."""


def show(source, mode="exec"):
    try:
        compile(source, "<source>", mode)
        print(repr(source), "is fine")
    except SyntaxError as e:
        place = (e.lineno, e.offset, e.end_lineno, e.end_offset)
        print(repr(source), type(e).__name__, e.msg, place, repr(e.text))


# Sources are separated by `|`, their lines by `⏎`.
GROUPS = {
    "tokens": r"""
x = 0777|x=1_|x=0xg|x=0b12|x=0o8|x=1e|x=1.5a|x[1and3]|1if x else 2|$|?|a?b|!|a ! b|a <> b|a b|café☃
x = 'abc|"a" "b|x = '''abc⏎def|x = }|(]|a⏎)⏎|(a,⏎]|x = 1 \ y|x = 1 \|x = (1 \|x = 1 +\⏎| \ x|é = $
""",
    "indentation": r"""
  x⏎|x⏎  y⏎|if x:⏎  y⏎ z⏎|if x:⏎\ty⏎        z⏎|x = 1⏎⏎  y|if x:⏎    y⏎  z⏎w|\tx⏎        y⏎
if x:⏎|if x:⏎foo⏎|def f():⏎  if x:⏎foo⏎|class A:⏎x|for x in y:⏎z|while x:⏎|with x:⏎y|with (x, y):⏎z|try:⏎x
try:⏎ x⏎except:⏎y|try:⏎ x⏎except A as b:⏎y|try:⏎ x⏎except* A:⏎y|try:⏎ x⏎finally:⏎y|if x:⏎ y⏎else:⏎z
if x:⏎ y⏎elif z:⏎w|match x:⏎y|match x:⏎ case 1:⏎ y|async def f():⏎x|for x in y:⏎ z⏎else:⏎w
""",
    "brackets": r"""
x = (|x = {|x = (1,⏎y = 3⏎|(x for|a = [1,2⏎b = 3⏎c=4|(1 2⏎x = |f(a, b⏎c d|def f(|print(a b)|(a, b c)|a[1 2]
(bbb⏎ é d)|x = (k"b")|(c d)|{1:2, 3}|{1:}|{1:*a}|{1:2, 3 4}|{**a, x y}|{**a for x in y}|[x, y for x in z]|[x, for x in z]
[*x for x in y]|(*a)|(**a)|(x if y)|(x if y z)|x = 5 if y
""",
    "targets": r"""
1 = x|f() = 1|True = 1|None += 1|x, y += 1|(a, b) += 1|x = yield = 1|x = (yield) = 1|a + 1 = 2|a = b + 1 = 2|[a, 1] = x
(a, f()) = 1|-x = 1|f"{x}" = 1|... = 1|lambda: x = 1|(x for x in y) = 1|[x for x in y] = 1|{x: y for x in y} = 1
{x} = 1|{} = 1|a if b else c = 1|a < b = 1|a and b = 1|*f() = 1|x: int: str|a, b: int|(a, b): int|[a]: int|f(): int
del f()|del *x|del (a, 1)|del a + b|for 1 in x: pass|for f() in x: pass|for x.y() in z: pass|for a, 1 in z: pass
[x for 1 in y]|(x for f() in y)|with a as 1: pass|with a as f(): pass|with (a as b, c as 1): pass|x += 1 = 2
if x = 1: pass|if x.y = 1: pass|while x = 1: pass|while x[0] = 1: pass|(a = 1)|(a.b = 1)|[a := 1, b = 2]|{a = 1}
a := 1|(a.b := 1)|(a := 1 := 2)|x = a := 1|f(a := 1)|f(a.b := 1)|(a[0] := 1)|(f() := 1)|import a.b as c.d|from a import b as c.d
""",
    "calls": r"""
f(x for x in y, 1)|f(1, x for x in y)|f(x for x in y, z for z in w)|f(**a, *b)|f(a=1, b)|f(**a, b)|f(a=1, *, b)|f(a, *)
f(a+1=2)|f(x.y=1)|f(True=1)|f(a=b for b in c)|f(a.b=c for c in d)|class A(x for x in y): pass|class A(a=1, b): pass|f(*)|f(**)|f(a b)
""",
    "parameters": r"""
def f(x y): pass|def f(a=1, b): pass|def f((a, b)): pass|def f(a, (b, c)): pass|def f(/, a): pass|def f(a, /, b, /): pass
def f(*a, /): pass|def f(*, a, /): pass|def f(a, / *b): pass|def f(*): pass|def f(*,): pass|def f(*, **k): pass|def f(*a=1): pass
def f(*a, *b): pass|def f(*a, *): pass|def f(**k=1): pass|def f(**k, a): pass|def f(**k, *a): pass|def f(a=): pass|def f:|def f()
def f() pass|def f() -> : pass|def 1(): pass|def f(a:): pass|lambda x y: 1|lambda a=1, b: 1|lambda (a): 1|lambda /: 1|lambda *: 1
lambda *, **k: 1|lambda *a=1: 1|lambda **k=1: 1|lambda **k, a: 1|lambda a, /, /: 1|lambda *a, *b: 1|lambda a=: 1|lambda *a, /: 1
""",
    "statements": r"""
a b c|print x|print x, y|exec "x"|print|print -1|for x in y print|class|class 1: pass|class A|class A()|if x|while x|for x in y|with x|try
else|else x: pass|with (x, y)|elif x: pass|except: pass|finally: pass|async x|await|pass x|raise x from|raise from x|assert|assert x,
global|global x.y|nonlocal 1|return return|import|import a.b as|import a,|from a import|from a import (|from a import b,|from a import (b,,)
from . import|from .. a|from a import *, b|@|@x⏎|@x⏎y|if x else y|x if y else|not|x ==|x = a b|x = "a" b|x = a "b"|a = b = 1 c|x.|x.1|x..y|x[
try:⏎  pass⏎|try:⏎  pass⏎x=1|try:⏎ a⏎except A, B:⏎ b|try:⏎ a⏎except A, B as c:⏎ b|try:⏎ a⏎except* :⏎ b|try:⏎ a⏎except*⏎ b
try:⏎ a⏎except A:⏎ b⏎except* B:⏎ c|try:⏎ a⏎except* A:⏎ b⏎except B:⏎ c|try:⏎ a⏎except A⏎ b|try:⏎ a⏎except⏎ b
match x:⏎ case 1 2: pass|match x⏎ case 1: pass|match x:⏎ case 1⏎  pass|match x:⏎  case a.b as 1: pass|match x:⏎ case a as _: pass
match x:⏎ case A(b=1, c): pass|match x:⏎ case {**a, 1: b}: pass|match x:⏎ case 1 + 1: pass|match x:⏎ case 1j + 1j: pass
match x:⏎ case a | b as c.d: pass|yield = 1|lambda|lambda x|x = lambda: |x = *|*|a, *|a = b :|a -> b|:|;|a;;b|a; ;|@@|if|if :|if x y:|for in x:
""",
    "strings": r"""
f"{a b}"|x = f"{a b}"|x = f"ab{a b} {c}" y|x = f"{a!x}"|f"{}"|f"{ }"|f"{a"|f"{a:{b:{c}}}"|f"}"|f"{a}}"|f"{a b}" f"{"|f"{a #}"|f"{(a}"|f"{a)}"
f"{a[}"|f"{lambda x:1}"|f"{x=!}"|f"{x!}"|f"{*a}"|f"{a:{b!}}"|f'{a['b']}'|f"{!r}"|f"{=}"|f"{:x}"|f"{a $ b}"|f"{a.1}"|f"{1a}"|f"{f'{a b}'}"|f"{a '}"
f"{for}"|f"{a:{b c}}"|f'''\n{⏎a b}'''|f'''⏎ {a b}'''|b"é"|x=b"é"+1|"a" b"b"|b"a" "b"|f"a" b"b"|"\x1"|x="\x1";y|"\u12"|"\U12345678"
"\N{no such name}"|"\N{"|"\N"|x=("\N{foo}"⏎)⏎|b"\x1"|b"\xg1"|f"{a\\n}"|f"\x1{a}"|f"\N{foo}{a}"
""",
}
for name, group in GROUPS.items():
    print("--", name)
    for line in group.split("\n"):
        for source in line.split("|") if line else ():
            show(source.replace("⏎", "\n"))

print("-- modes")
for source in ("", "a b", "a = 1", "a\nb", "(a", "a;b", "x +", "  a", "f(**a, b)"):
    show(source, "eval")
for source in ("a\nb", "if x:", "x y", "a = 1\n# more\n", "if x: y\nz", "a; b\n", "\n\n", "def f():\n  pass\nx"):
    show(source, "single")
