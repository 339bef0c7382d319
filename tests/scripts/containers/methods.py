a = [3, 1, 2]
a.append(5)
a.extend([4, 0])
a.insert(0, 9)
a.sort()
print(a, a.pop(), a.index(3), a.count(1), sorted(a, key=lambda x: -x), list(reversed(a)))
a.remove(3)
print(a, a + [1], [0] * 3, [1, 2] < [1, 3], max(a), min(a), sum(a))
d = {"a": 1}
d["b"] = 2
d.update(c=3)
print(d, d.get("z"), d.setdefault("z", 26), d.pop("a"), list(d.items()), "b" in d, len(d))
for k in d:
    print(k, d[k])
s = {1, 2, 3} | {3, 4}
print(s, s & {1, 9}, s - {1}, s ^ {1, 10}, {5, 100, 33, 64, 7}, 3 in s)
t = (1, "two", 3.0)
print(t, t[1], t + (4,), len(t), hash((1, 2)) == hash((1, 2)), ())
print(list(enumerate("ab", 1)), list(zip([1, 2], "xy")), list(map(str, [1, 2])), list(filter(None, [0, 1])))
print(any([0, 1]), all([1, 0]), divmod(17, 5), round(2.675, 2), abs(-3), pow(2, 10, 1000), bin(10), hex(255))
for bad in (lambda: [][0], lambda: {}["k"], lambda: 1 + "a", lambda: "a" + 1, lambda: [] < 1, lambda: len(3), lambda: {[]: 1}):
    try:
        bad()
    except Exception as e:
        print(type(e).__name__, e)
x = [1]
x.append(x)
print(x)
