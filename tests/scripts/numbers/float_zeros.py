# Arithmetic and comparisons with zeros, which are constants of their own, in chains of float operations.
def chain(a, b, c):
    return [
        a * b + c, c + a * b, c - a * b, a * b - c, a * b * c, c * (a * b), a * b / 2.0, 0.0 - a * b, a * b + 0.0,
        (a + b) * 0.0, 2.0 * (a - b), 1.0 + a * b, a + b > 0.0, a * b < 0.0, a - b >= 0.0, a - b <= -0.0,
    ]


values = [0.0, -0.0, 1.5, -2.25, 1e308, 5e-324, float("inf"), 3]
for a in values:
    for b in values:
        for c in values:
            print(a, b, c, chain(a, b, c))


def branches(a, b):
    out = []
    if a * b > 0.0:
        out.append("gt")
    if not a + b < 0.0:
        out.append("not lt")
    x = a + b
    x = x * x
    while a * b < 4.0 and len(out) < 6:
        a = a + 1.0
        out.append(a)
    return out, x


for a in values:
    for b in values:
        print(a, b, branches(a, b))
