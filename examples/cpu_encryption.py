"""CPU-bound, encryption: a cipher written in Python holds the GIL; the library's hash functions let go of it."""
import hashlib
import multiprocessing
import threading

from comparison import compare

KEY = b"an example key"
BLOCKS = [bytes(range(256)) * 1000 for _ in range(4)]
LARGE = [bytes([i]) * 16_000_000 for i in range(4)]


def keystream(key):
    """RC4: a toy today, a fair example of byte arithmetic still."""
    state = list(range(256))
    j = 0
    for i in range(256):
        j = (j + state[i] + key[i % len(key)]) % 256
        state[i], state[j] = state[j], state[i]
    i = j = 0
    while True:
        i = (i + 1) % 256
        j = (j + state[i]) % 256
        state[i], state[j] = state[j], state[i]
        yield state[(state[i] + state[j]) % 256]


def encrypt(data):
    return bytes(byte ^ k for byte, k in zip(data, keystream(KEY)))


def digest(data):
    return hashlib.sha256(data).hexdigest()


def sequential(task, inputs):
    return [task(data) for data in inputs]


def threads(task, inputs):
    results = [None] * len(inputs)

    def work(i):
        results[i] = task(inputs[i])

    workers = [threading.Thread(target=work, args=(i,)) for i in range(len(inputs))]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    return results


def processes(task, inputs):
    with multiprocessing.Pool(len(inputs)) as pool:
        return pool.map(task, inputs)


if __name__ == "__main__":
    secret = compare(
        "Encrypting in Python",
        sequential=lambda: sequential(encrypt, BLOCKS),
        threads=lambda: threads(encrypt, BLOCKS),
        processes=lambda: processes(encrypt, BLOCKS),
    )
    assert encrypt(secret[0]) == BLOCKS[0]
    hashes = compare(
        "Hashing in the library",
        sequential=lambda: sequential(digest, LARGE),
        threads=lambda: threads(digest, LARGE),
    )
    print(secret[0][:8].hex(), hashes[0][:8])
