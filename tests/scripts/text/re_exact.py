"""Patterns at random, on texts at random: what matches, what is captured, what is wrong with a pattern."""

import random
import re
import warnings

warnings.simplefilter("ignore")
ATOMS = [
    "a", "b", "ab", ".", r"\d", r"\w", r"\s", r"\W", "[ab]", "[^a]", "[a-c]", r"\b", r"\B", "^", "$", r"\A", r"\Z", "(a)",
    "(b|a)", "(?:ab|c)", "(a*)", "(?=a)", "(?!b)", "(?<=a)", "(?<!b)", "(?P<n>a|b)", r"\1", "(?P=n)", "(?(1)a|b)", "x{2}",
    "(?>a|ab)", "A", "(?i:a)", "c", "(?:)", "()", "é", "(?<=ab)", r"\2", "(?:a|b)*", r"[\w-]", r"[^\s]", "(?-i:a)",
    "(?s:.)", "(?m:^)", "(?m:$)", " ", "#c\n", "(a|ab)(c|bcd)", "((a)|b)*", "(?:(a)|(b))+", r"\n", "[]a]", "k", "K", "s",
    "ſ",
]
QUANTIFIERS = ["", "", "", "", "*", "+", "?", "*?", "+?", "??", "*+", "++", "?+", "{2}", "{1,2}", "{0,2}?", "{,1}", "{1,3}+"]
TEXTS = ["a", "b", "c", "ab", "A", "B", " ", "\n", "1", "é", "x", "aa", "k", "\u212a", "ſ", "S"]
FLAGS = [0, 0, 0, re.I, re.M, re.S, re.X, re.A, re.I | re.A, re.I | re.M | re.S]


def pattern(rnd, depth=0):
    out = ""
    for _ in range(rnd.randint(1, 4)):
        if depth < 2 and rnd.random() < 0.15:
            begin = rnd.choice(["(", "(?:", "(?=", f"(?P<g{rnd.randint(0, 9)}>", "(?>", "(?!"])
            out += begin + pattern(rnd, depth + 1) + ")" + rnd.choice(QUANTIFIERS)
        elif rnd.random() < 0.12:
            out += "|"
        else:
            out += rnd.choice(ATOMS) + rnd.choice(QUANTIFIERS)
    return out


def show(m):
    return m and (m.span(), m.groups(), m.lastindex, m.lastgroup, m.regs)


for seed in range(400):
    rnd = random.Random(seed)
    source = pattern(rnd)
    flags = rnd.choice(FLAGS)
    try:
        p = re.compile(source, flags)
    except re.error as e:
        print(ascii(source), repr(flags), e.msg, e.pos, e.lineno, e.colno)
        continue
    print(ascii(repr(p)))
    for _ in range(2):
        text = "".join(rnd.choice(TEXTS) for _ in range(rnd.randint(0, 9)))
        print(ascii(text), show(p.match(text)), show(p.search(text, 1)), show(p.fullmatch(text)), ascii(p.findall(text)))
        print([m.span() for m in p.finditer(text)], ascii(p.split(text)), ascii(p.sub(r"<\g<0>>", text)))

# What CPython's tests have found.
print(re.match(r"(a)b(?=(?(2)x|c))(c)", "abc"), re.match(r"(a)?a", "a").lastindex, re.match(r"(a)a(?<=\1)c", "aac"))
print([bool(re.match(p, t, re.I)) for p, t in [("К", "ᲀ"), ("[J-M]", "\u212a"), ("İ", "i"), ("ß", "ẞ"), ("[19ſ]", "S")]])
print(re.compile("(?s)(?i).x").match("\nX"), ~re.I, re.I | re.A, (re.I | re.M).name, repr(re.compile("x", 0x1000)))
for source in [
    r"(?<=a+)b", r"(?<=(.{4194304}){4194304}(.{4194304}){4194304})", "(?(0)a)", "(?(3)a)", "(?(x)a)", "(?(+1)a)", "(?(-1)a)",
    "(?-i", "(?-:a)", "(?i-i:a)", "(?a-u:x)", "(?-a:x)", "(?z)", "(?iz)", "(?P<a.b>x)", "(?P<é>x)", r"[z-\x61]", r"[\d-z]",
    "(?<x)", "(?P>", "(?P=x)", "(?P=", "a**", "a{3,1}", "a{99999999999}", "(", ")", "[", "\\", r"\8", r"\400", r"[\9]",
]:
    try:
        print(source[:20], re.compile(source))
    except (re.error, OverflowError) as e:
        print(source[:20], type(e).__name__, e)
with warnings.catch_warnings(record=True) as seen:
    warnings.simplefilter("always")
    for source in ["[[a]", "[+--]", "[a&&b]", "[a~~b]", "[a||b]", "()(?(+1)a|b)", "[--z]"]:
        re.compile(source)
    for w in seen:
        print(w.category.__name__, w.message)
for template in [r"\g<1>", r"\g<+1>", r"\g<-1>", r"\g<x>", r"\g<y>", r"\g<>", r"\g<1", r"\g", r"\2", r"\400", r"\q", "\\", r"\0\12\101"]:
    try:
        print(template, ascii(re.sub("(?P<x>a)", template, "bab")))
    except (re.error, IndexError) as e:
        print(template, type(e).__name__, e)
