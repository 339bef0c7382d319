# stderr
"""SyntaxWarnings: text on standard error, and as errors."""
import warnings

SOURCES = [
    'x is 1', 'x is not "a"', '1 is x', 'x is ()', 'x is -1', 'x is None', 'x is True', 'x is ...', 'x is y is 1', 'x == 1 is y',
    'assert (x, "message")', 'assert ()', 'assert (x)', '1(2)', '"a"(1)', '(1, 2)(3)', '[1, 2](3)', '[x for x in y](3)', '{1: 2}(3)',
    '{1}(2)', '{x for x in y}(2)', '{x: 1 for x in y}(2)', '(x for x in y)(2)', 'f"{x}"(1)', 'None(1)', '...(1)', '1.5(1)', '(lambda: 1)(2)',
    '1[2]', 'None[1]', '1.5[1]', '{1}[2]', '{x for x in y}[2]', '(x for x in y)[2]', '(lambda: 1)[2]', '...[1]', 'True[1]', '1j[1]',
    '"a"["b"]', '"a"[1.5]', '[1]["a"]', '[1][(1, 2)]', '(1, 2)["a"]', '[x for x in y]["a"]', 'f"{x}"["a"]', 'b"a"["b"]', '[1][None]',
    '[1][1:2]', '[1][True]', '[1][x]', '{1: 2}["a"]', '[1][[2]]', '[1][{1: 2}]', '[1][lambda: 1]', '[1][...]', '"a"[f"{x}"]',
]
for source in SOURCES:
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        compile(source, "<source>", "exec")
    print(source, [(w.category.__name__, str(w.message), w.filename, w.lineno) for w in caught])
with warnings.catch_warnings():
    warnings.simplefilter("error")
    try:
        compile("\n\nx = y is 1", "<source>", "exec")
    except SyntaxError as e:
        print(type(e).__name__, e.msg, e.lineno, e.offset, e.end_lineno, e.end_offset)

x = [1]
print(x is 1, x is not "a")
