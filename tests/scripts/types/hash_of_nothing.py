print(hash(""), hash(b""), hash(memoryview(b"")), hash(str()), {"": 1}[""], "" in {"", 0}, len({"", 0, b""}))
