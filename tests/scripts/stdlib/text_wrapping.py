"""textwrap."""
import textwrap

TEXT = (
    'Hello there -- you goof-ball, use the -b option! It is "well-known" (e.g. by Dr. No). e-mail--or so; '
    "2020-10-20, a-b-c-d x--y\tTabs\tand\nnew lines, and averyverylongwordthatdoesnotfitanywhere-at-all.  Two spaces."
)
for width in (1, 5, 10, 18, 30, 45, 70):
    print(width, textwrap.wrap(TEXT, width))
print(textwrap.fill(TEXT, 40, initial_indent="* ", subsequent_indent="  "))
print(textwrap.fill(TEXT, 40, break_long_words=False, break_on_hyphens=False))
print(textwrap.wrap(TEXT, 12, break_long_words=False))
print(textwrap.wrap(TEXT, 12, break_on_hyphens=False))
print(textwrap.wrap(TEXT, 30, expand_tabs=False))
print(textwrap.wrap(TEXT, 30, expand_tabs=False, replace_whitespace=False))
print(textwrap.wrap(TEXT, 30, tabsize=2, drop_whitespace=False))
print(textwrap.wrap(TEXT, 40, fix_sentence_endings=True))
for lines in (1, 2, 3, 10):
    print(textwrap.wrap(TEXT, 25, max_lines=lines), textwrap.wrap(TEXT, 25, max_lines=lines, placeholder="..."))
print(textwrap.wrap("aaaa bbbb", 4, max_lines=1, placeholder=" ..."), textwrap.wrap("aaaabbbbcccc", 6, max_lines=1))
print(textwrap.wrap(""), textwrap.wrap("   "), textwrap.wrap("  a", 3), textwrap.fill("  \n "))
for width in (0, 5, 12, 20, 40, 1000):
    try:
        print(width, textwrap.shorten("Hello  wonderful   world, how are you today?", width))
    except ValueError as error:
        print(error)
print(textwrap.shorten("Hello world", 10, placeholder="…"))
for kwargs in ({"width": 0}, {"width": 3, "max_lines": 1}, {"width": 3, "max_lines": 2, "subsequent_indent": "  "}):
    try:
        print(textwrap.wrap("some text here", **kwargs))
    except ValueError as error:
        print(error)

for text in ("  a\n    b\n\n   c\n", "\ta\n  b", "\t a\n\t  b\n\tc", " \n  x\n   \n", "", "a\n b", "  \r\n  a\r\n", "   "):
    print(repr(textwrap.dedent(text)))
print(repr(textwrap.indent("a\n\n  b\n \nc", "> ")), repr(textwrap.indent("a\n\nb", "+", lambda line: True)))
print(textwrap.indent("one\ntwo", "  ", predicate=lambda line: "o" in line and "w" in line))

wrapper = textwrap.TextWrapper(width=20)
wrapper.initial_indent = "-> "
print(wrapper.wrap(TEXT[:60]), wrapper.fill("short"))
print(sorted(vars(wrapper).items()))
