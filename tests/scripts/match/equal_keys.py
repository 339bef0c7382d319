# Keys of a mapping pattern that are equal, though of different types.
def t(f, *a, **k):
    try: r = f(*a, **k)
    except BaseException as e: print(type(e).__name__, e)
    else: print(repr(r))
for src in ["match x:\n case {0: 1, False: 2}: pass", "match x:\n case {0: 1, 0.0: 2}: pass", "match x:\n case {-0: 1, 0: 2}: pass",
            "match x:\n case {0: 1, -0: 2}: pass", "match x:\n case {1: 1, True: 2}: pass", "match x:\n case {0j: 1, 0: 2}: pass"]:
    t(compile, src, "f", "exec")
compile("match x:\n case {0: 1, 0.5: 2, 1: 3, '1': 4, b'1': 5}: pass", "f", "exec")
