import hmac

print(hmac.compare_digest("a", "a"), hmac.compare_digest(b"a", b"b"))
try:
    hmac.compare_digest("a", b"a")
except TypeError as e:
    print(e)
