import json
d = {"a": [1, 2.5, None, True, "x\n\"é😀"], "b": {"c": {}, "d": []}, "e": (1, 2), 1: 2, None: 3, 2.5: 4, True: 5}
print(json.dumps(d)); print(json.dumps(d, indent=2)); print(json.dumps(d, ensure_ascii=False, separators=(",", ":")))
print(json.dumps({"b": 1, "a": 2}, sort_keys=True, indent="\t"), json.dumps([]), json.dumps({}), json.dumps("a/b\x7f"), json.dumps(float("nan")), json.dumps([1e100, 1e-7, -0.0, 10**30]))
print(json.loads('{"a": [1, 2.5, -3e2, true, false, null, "\\u00e9\\ud83d\\ude00\\n"], "b": {}}'), json.loads(" [ ] "), json.loads('"x"'), json.loads("NaN"), json.loads("-Infinity"), json.loads("0"), json.loads("1E5"))
for s in ('', '{', '[1,', '{"a"}', '{"a":}', '{"a":1,}', '[1 2]', 'nul', '"abc', '"\\q"', '"\\u12"', '{a:1}', '[1]x', '01', '-', '"\n"', '[1,]', '{"a":1 "b":2}', "'a'", '1.', 'tru'):
    try: print(json.loads(s))
    except json.JSONDecodeError as e: print(repr(s), e, e.lineno, e.colno, e.pos)
class P:
    def __init__(self): self.x = 1
for f in (lambda: json.dumps(P()), lambda: json.dumps({(1,): 2}), lambda: json.dumps({1, 2}), lambda: json.dumps(float("inf"), allow_nan=False)):
    try: print(f())
    except Exception as e: print(type(e).__name__, e)
print(json.dumps(P(), default=lambda o: o.__dict__), json.dumps({(1,): 2, "a": 1}, skipkeys=True), json.loads('{"a": {"b": 1}}', object_hook=lambda d: list(d.items())), json.loads('[1.5, 2]', parse_float=str, parse_int=lambda s: -int(s)), json.loads('{"b":1,"a":2}', object_pairs_hook=lambda p: p))
class E(json.JSONEncoder):
    def default(self, o):
        if isinstance(o, complex if False else set): return sorted(o)
        return super().default(o)
print(json.dumps({"s": {3, 1}}, cls=E), E(indent=1).encode([1, [2]]), "".join(json.JSONEncoder().iterencode({"a": [1]})))
l = []; l.append(l)
try: json.dumps(l)
except ValueError as e: print(e)
print(json.JSONDecoder().raw_decode('[1] tail'))
