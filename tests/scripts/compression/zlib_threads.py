# One compressor used by several threads: each call runs alone, though without the GIL.
import threading
import zlib

compressor = zlib.compressobj(1)
parts = []
lock = threading.Lock()


def work(n):
    for _ in range(20):
        with lock:
            parts.append(compressor.compress(bytes([n]) * 50_000))


threads = [threading.Thread(target=work, args=(n,)) for n in range(4)]
for t in threads:
    t.start()
for t in threads:
    t.join()
data = zlib.decompress(b"".join(parts) + compressor.flush())
print(len(data), [data.count(bytes([n])) for n in range(4)])


def alone(n, results):
    results[n] = zlib.decompress(zlib.compress(bytes([n]) * 300_000))


results = {}
threads = [threading.Thread(target=alone, args=(n, results)) for n in range(4)]
for t in threads:
    t.start()
for t in threads:
    t.join()
print(sorted((n, len(r), r[:1]) for n, r in results.items()))

shared = zlib.compressobj()
threads = [threading.Thread(target=lambda: shared.compress(b"x" * 200_000)) for _ in range(4)]
for t in threads:
    t.start()
for t in threads:
    t.join()
print(len(shared.flush()) > 0)

big = bytearray(range(256)) * 1000
print(zlib.crc32(big), zlib.adler32(big), zlib.crc32(memoryview(big)[10:]), zlib.decompress(zlib.compress(big)) == big)
