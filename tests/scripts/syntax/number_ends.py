"""Number literals that are nearly right: leading zeros, bad digits, and what runs into them."""

import warnings

warnings.simplefilter("ignore")
SOURCES = """
0777
07_7
0_7
00x1
09
09.5
09e1
09j
09.
012a
09a
00
0_0
000
00a
0_
00_
0__1
01_
012.
012.5
012e5
012j
012e
00e
0e
01if x else 2
00if 1 else 2
0or 1
0xor 1
0b12
0b1a
0o18
0o8
0b
0x
0xg
0x_
0x1_
0b_
0b1_
0b_1
1_
1__0
1_a
1a
1.a
1.5a
1ea
1e
1e+
1e+a
1e5a
1ja
1.e
1._5
1_.5
1.5_
1.5_5_
1e_5
1e5_
0_8
08_
08_9
089a
0.0.0
1.2.3
1..2
1...2
0if
00 1
07 8
08 8
x = 08
f(012)
012()
[01, 2]
{01: 2}
0123456789
00123
0_1_2
0L
1L
0777L
12abc
0x1g
1_000_
٣
1٣
0٣
٣a
1é
0xé
0b2
0o9
0B1
0O7x
0X1z
0j
00j
01J
1E5
1if 1 else2
1 if 1else2
1iff
1orx
1or x
1in[1]
1inx
1is 1
1isx
1notin x
1not in x
1and 2
1andx
0and 2
1forx in y
[1for x in y]
1else
1e
1el
1elif
0x1for
0xfor x
0bor 1
0oor
1_or 2
1.or 2
1.orx
1jor 2
1e5or 2
0b1or 2
0o1or 2
0x1or 2
0x1aor 2
0xand 2
08or 1
00or 1
007or 1
"""
for source in SOURCES.strip().splitlines():
    try:
        compile(source, "<source>", "exec")
    except SyntaxError as e:
        print(source, type(e).__name__, e.msg, e.lineno, e.offset, e.end_offset)
    else:
        print(source, "is good")
