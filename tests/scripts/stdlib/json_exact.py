"""Every error of texts and objects, hooks, subclasses, and the pieces that encoders give."""
import json, math
from collections import OrderedDict, namedtuple
import enum
def t(f, *a, **k):
    try: print(repr(f(*a, **k)))
    except Exception as e: print(type(e).__name__, e)
for s in ['', ' ', '[', '[1', '[1,', '[1,]', '[1 2]', '{', '{}', '{"a"', '{"a":', '{"a":1', '{"a":1,', '{"a":1,}', '{a:1}', "{'a':1}", '{"a" 1}',
          '"abc', '"a\\', '"a\\x"', '"\\u12"', '"\\u123', '"\\u1234', '"\\u1234"', '"\\ud83d\\ude00"', '"\\ud83d"', '"\\ud83d\\u0041"','"\\ud83d\\u00zz"', '"\\ude00"', '01', '-', '-1', '1.', '1.5e', '1.5e+', '1.5e+3', '1e5', '-0', '-0.0', 'nul', 'null', 'true', 'false', 'NaN', 'Infinity', '-Infinity', '-Inf', 'Inf', '1 2', '[] x', '\t\n 5 \r\n', '\u00a05', '"\n"', '"\x1f"', '"\x7f"', '[1,\n2,\n3 4]', '{"é": "ü", "日本": [1,2]}', '"é\\n日" x', '{"a":1,"a":2}', '{"a":{"b":{"c":[]}}}', '[[],[[]],{}]', '123456789012345678901234567890', '1.7976931348623157e309', '-1e400', '5e-324', '"\\/\\b\\f\\n\\r\\t\\"\\\\"', '[1, 2', '{"k": tru}', '[1,,2]', '{,}', '{"a":1 "b":2}', '\ufeff{}', '1'*5000]:
    t(json.loads, s)
    try: json.loads(s)
    except json.JSONDecodeError as e: print(e.msg, e.pos, e.lineno, e.colno, e.doc == s)
    except ValueError as e: print("V", e)
t(json.loads, b'{"a": 1}'); t(json.loads, bytearray(b'[1]')); t(json.loads, '"\u00e9"'.encode('utf-16')); t(json.loads, 5); t(json.loads, None)
t(json.loads, '[1.5, 2]', parse_float=lambda s: "F"+s, parse_int=lambda s:"I"+s)
t(json.loads, '[NaN, Infinity, -Infinity]', parse_constant=lambda s:"C"+s)
t(json.loads, '{"a":{"b":1}}', object_hook=lambda d: sorted(d.items()))
t(json.loads, '{"a":{"b":1},"c":{}}', object_pairs_hook=list)
t(json.loads, '{"a":{"b":1},"c":{}}', object_pairs_hook=OrderedDict)
t(json.loads, '"a\nb"', strict=False)
d = json.JSONDecoder()
t(d.raw_decode, '{"a":1} tail'); t(d.raw_decode, ' 1'); t(d.raw_decode, 'xx[1]', 2); t(d.raw_decode, 'é[1]é', 1); t(d.raw_decode, '[]', -1); t(d.raw_decode,'[]', 10); t(d.decode, '  [1]  ')
try: d.scan_once('x', 0)
except StopIteration as e: print("stop", e.value)
class C(enum.IntEnum): A=1
class S(str): pass
class I(int):
    def __repr__(self): return "I!"
class F(float):
    def __repr__(self): return "F!"
P = namedtuple("P","x y")
objs = [None, True, False, 0, -5, 10**30, 1.0, 1e100, 1e-7, 123456789.125, float('nan'), float('inf'), -math.inf, '', 'abc', 'a"b\\c\n\t\r\b\f\x00\x1f\x7f\x80é日😀\ud800', [], {}, (), [1], (1,2), {"a":1}, {"a":[1,{"b":2}], "c":{}}, {1:2,1.5:3,True:4,None:5,False:6}, C.A, [C.A], {C.A:1}, S("sub"), I(5), F(2.5), P(1,2), OrderedDict([("z",1),("a",2)]), [[[]]], [{}], {"x":[]}, 1j, b"x", {(1,2):3}, {"a":{b"x":1}}, range(3), [1,2,{3}]]
for o in objs:
    t(json.dumps, o); t(json.dumps, o, indent=2); t(json.dumps, o, ensure_ascii=False); t(json.dumps, o, separators=(',',':')); t(json.dumps,o,indent='\t', sort_keys=True); t(json.dumps,o,skipkeys=True); t(json.dumps,o,allow_nan=False);t(json.dumps,o,allow_nan=False,indent=0); t(json.dumps,o,indent=0); t(json.dumps,o,default=str)
    try: print(list(json.JSONEncoder().iterencode(o)))
    except Exception as e: print(type(e).__name__, e)
    try: print(list(json.JSONEncoder(indent=1).iterencode(o)))
    except Exception as e: print(type(e).__name__, e)
l=[]; l.append(l); t(json.dumps,l)
dd={}; dd["a"]=[dd]; t(json.dumps,dd)
t(json.dumps,{"b":1,"a":2,"c":{"z":1,"y":2}},sort_keys=True)
t(json.dumps,{"b":1,2:2},sort_keys=True)
t(json.dumps,{3:1,2:2,10:1},sort_keys=True)
class E(json.JSONEncoder):
    def default(self,o):
        if isinstance(o,complex): return [o.real,o.imag]
        return super().default(o)
t(json.dumps,{"a":2+1j},cls=E); t(json.dumps,{"a":object()},cls=E)
class E2(json.JSONEncoder):
    def iterencode(self,o,_one_shot=False):
        for c in super().iterencode(o,_one_shot): yield c.upper()
t(json.dumps,{"a":[1,"x"]},cls=E2)
class D(dict):
    def items(self): return [("over",1)]
t(json.dumps,D(a=1)); t(json.dumps,D())

import io
f=io.StringIO(); json.dump({"a":[1,2]},f,indent=4); print(f.getvalue())
t(json.load, io.StringIO('{"q": [1, 2.5, "x"]}'))
class W:
    def write(self,s): print("W",repr(s))
json.dump({"a":[1,2,{"b":None}],"c":"d"},W())
from json.encoder import encode_basestring, encode_basestring_ascii
t(encode_basestring,'é"'); t(encode_basestring_ascii,'é"'); t(encode_basestring,5)
from json.decoder import scanstring
t(scanstring,'"abc"x',1); t(scanstring,'"abc"x',1,False); t(scanstring,'"abc',1)
t(json.dumps, "x", foo=1)
t(json.loads, "1", foo=1)
t(scanstring, 'abc', 0)
t(scanstring, '', 0)
t(scanstring, 'é', 1)
t(scanstring, 'é', 2)
