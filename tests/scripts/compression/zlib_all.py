import zlib
data = b"hello world, " * 5000 + bytes(range(256))*20
for lvl in range(-1, 10):
    c = zlib.compress(data, lvl)
    assert zlib.decompress(c) == data
    print(lvl, len(c), zlib.crc32(c), zlib.adler32(c))
for w in (-15, -9, 9, 15, 25, 31):
    c = zlib.compress(data, wbits=w); print(w, len(c), zlib.crc32(c)); assert zlib.decompress(c, wbits=w) == data
for bad in (b"", b"abc", c[:50], b"x\x9c" + b"\0"*20):
    try: print(zlib.decompress(bad))
    except zlib.error as e: print(repr(e))
co = zlib.compressobj(9, zlib.DEFLATED, -15, 9, zlib.Z_FILTERED)
x = co.compress(data); y = co.flush(zlib.Z_SYNC_FLUSH); c2 = co.copy(); z = co.compress(b"abc"); w = co.flush(); 
print(len(x), len(y), len(z), len(w), zlib.crc32(x+y+z+w)); print(zlib.crc32(c2.flush()))
d = zlib.decompressobj(-15)
out = d.decompress(x+y+z+w+b"tail", 100); print(len(out), len(d.unconsumed_tail), d.unused_data, d.eof)
out += d.flush(); print(len(out), d.unconsumed_tail, d.unused_data, d.eof)
for f in (lambda: co.compress(b"x"), lambda: co.flush(), lambda: zlib.compress(b"", 11), lambda: zlib.compress("a"), lambda: zlib.compressobj(wbits=99), lambda: zlib.decompressobj(zdict=3), lambda: zlib.decompress(b"", bufsize=-1), lambda: d.decompress(b"", -1), lambda: co.copy(), lambda: d.flush(0), lambda: zlib.compress(), lambda: zlib.decompressobj().decompress(b"fgfgf"), lambda: type(co)(), lambda: zlib.decompress(b"", wbits=99)):
    try: print(f())
    except Exception as e: print(type(e).__name__, e)
zd = b"hello"
co = zlib.compressobj(zdict=zd); q = co.compress(b"hello hello") + co.flush(); print(q)
print(zlib.decompressobj(zdict=zd).decompress(q))
for f in (lambda: zlib.decompressobj().decompress(q), lambda: zlib.decompressobj(zdict=b"nope").decompress(q), lambda: zlib.decompress(q)):
    try: print(f())
    except Exception as e: print(type(e).__name__, e)
print(zlib.crc32(b"abc", -1), zlib.crc32(b"abc", 2**40+5), zlib.adler32(b"x"*10000, 7), zlib.adler32(b""))
