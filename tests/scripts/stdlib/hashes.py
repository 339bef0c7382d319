import hashlib, hmac
for n in ("md5", "sha1", "sha224", "sha256", "sha384", "sha512", "sha3_256", "blake2b", "blake2s"):
    h = getattr(hashlib, n)(b"hello"); print(n, h.hexdigest(), h.name, h.digest_size, h.block_size, hashlib.new(n, b"x").hexdigest()[:8])
h = hashlib.sha256(); h.update(b"a"); c = h.copy(); h.update(b"b"); print(h.hexdigest()[:10], c.hexdigest()[:10], h.digest()[:3])
for f in (lambda: hashlib.md5("a"), lambda: hashlib.new("nope"), lambda: hashlib.md5(3)):
    try: f()
    except Exception as e: print(type(e).__name__, e)
