class Point:
    x = None


def length(p, q):
    return p.x.y + q["key"] * 2


length(Point(), {})
