import hashlib


def show(f):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, "|", e)


for name in ("shake_128", "shake_256"):
    h = hashlib.new(name)
    for size in (0, 1, 135, 136, 137, 167, 168, 169, 500):
        h.update(b"q" * size)
        print(name, size, h.hexdigest(20), len(h.digest(1000)), h.copy().digest(3))
    print(h.name, h.digest_size, h.block_size, getattr(hashlib, name)(b"abc").hexdigest(32))
    show(lambda: h.digest())
    show(lambda: h.digest(-1))
    show(lambda: h.update("text"))

for make in (hashlib.blake2b, hashlib.blake2s):
    for size in (0, 1, 63, 64, 65, 127, 128, 129, 256, 1000):
        print(make(b"a" * size).hexdigest())
    h = make(b"x", digest_size=5, key=b"key", salt=b"salt", person=b"person")
    print(h.name, h.digest_size, h.block_size, h.hexdigest(), h.copy().digest() == h.digest())
    h.update(b"more")
    print(h.hexdigest(), make.MAX_DIGEST_SIZE, make.MAX_KEY_SIZE, make.SALT_SIZE, make.PERSON_SIZE)
    print(make(b"", fanout=2, depth=3, leaf_size=4096, node_offset=7, node_depth=1, inner_size=32, last_node=True).hexdigest())
    print(make(key=b"k" * make.MAX_KEY_SIZE).hexdigest())
    for kwargs in ({"digest_size": 0}, {"digest_size": 65}, {"key": b"k" * 65}, {"salt": b"s" * 17}, {"person": b"s" * 17},
                   {"fanout": 256}, {"depth": 0}, {"leaf_size": 2**32}, {"node_offset": 2**64}, {"node_offset": -1},
                   {"node_depth": 256}, {"inner_size": 65}, {"leaf_size": -1}, {"digest_size": "a"}, {"key": 5},
                   {"node_offset": 2**48}):
        show(lambda: make(**kwargs).hexdigest())
    show(lambda: make("text"))
print(hashlib.new("blake2b", b"x", digest_size=3).hexdigest(), hashlib.new("blake2s").name)

print(hashlib.pbkdf2_hmac("sha256", b"password", b"salt", 1000).hex())
print(hashlib.pbkdf2_hmac("sha1", b"password" * 20, b"salt", 10, 50).hex())
print(hashlib.pbkdf2_hmac("sha512", bytearray(b"p"), memoryview(b"s"), 1, dklen=100).hex())
print(hashlib.pbkdf2_hmac(hash_name="md5", password=b"", salt=b"", iterations=3).hex())
for args in (("sha256", b"p", b"s", 0), ("sha256", b"p", b"s", 1, 0), ("sha256", b"p", b"s", 1, -1), ("sha256", "p", b"s", 1)):
    show(lambda: hashlib.pbkdf2_hmac(*args))

print(hashlib.scrypt(b"", salt=b"", n=16, r=1, p=1).hex())
print(hashlib.scrypt(b"password", salt=b"NaCl", n=64, r=8, p=3, dklen=40).hex())
for kwargs in ({}, {"salt": b""}, {"salt": b"s", "n": 3, "r": 8, "p": 1}, {"salt": b"s", "n": 16, "r": 0, "p": 1},
               {"salt": b"s", "n": 16, "r": 8, "p": 0}, {"salt": b"s", "n": 16, "r": 8, "p": 1, "dklen": 0},
               {"salt": b"s", "n": 2**30, "r": 8, "p": 1}, {"salt": "s", "n": 16, "r": 8, "p": 1},
               {"salt": b"s", "n": 16, "r": 8, "p": 1, "maxmem": -1}, {"salt": b"s", "n": 1, "r": 8, "p": 1}):
    show(lambda: hashlib.scrypt(b"pw", **kwargs))
print(sorted(hashlib.algorithms_guaranteed))
