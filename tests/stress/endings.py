"""The interpreter's end while something still goes on: endings.py ROUNDS"""
import os
import subprocess
import sys
import tempfile
import time

PROGRAMS = {
    "daemon threads that compute, sleep, wait and print": """
import threading, time, queue, sys
def compute():
    while True: sum(range(100))
def write():
    while True: print("." * 50, file=sys.stderr)
def held(lock):
    with lock: time.sleep(100)
work = [compute, write, lambda: time.sleep(100), queue.Queue().get, threading.Event().wait, lambda: held(threading.Lock())]
for f in work * 3:
    threading.Thread(target=f, daemon=True).start()
time.sleep(0.01)
print("end")
""",
    "a daemon thread that starts threads": """
import threading, time
def breed():
    while True:
        threading.Thread(target=time.sleep, args=(0.001,), daemon=True).start()
threading.Thread(target=breed, daemon=True).start()
time.sleep(0.02)
print("end")
""",
    "a pool that is not closed": """
import multiprocessing
def f(x): return x + 1
if __name__ == "__main__":
    pool = multiprocessing.Pool(2)
    assert pool.map(f, range(10)) == list(range(1, 11))
    print("end")
""",
    "a pool at work": """
import multiprocessing, time
if __name__ == "__main__":
    pool = multiprocessing.Pool(2)
    pool.map_async(time.sleep, [100] * 10)
    time.sleep(0.02)
    print("end")
""",
    "executors that are not shut down": """
from concurrent.futures import ThreadPoolExecutor, ProcessPoolExecutor
def f(x): return x + 1
if __name__ == "__main__":
    a, b = ThreadPoolExecutor(2), ProcessPoolExecutor(2)
    assert list(a.map(f, [1, 2])) == list(b.map(f, [1, 2])) == [2, 3]
    print("end")
""",
    "a daemon child that sleeps": """
import multiprocessing, time
if __name__ == "__main__":
    multiprocessing.Process(target=time.sleep, args=(100,), daemon=True).start()
    print("end")
""",
    "a child that ends later": """
import multiprocessing, time
if __name__ == "__main__":
    multiprocessing.Process(target=time.sleep, args=(0.05,)).start()
    print("end")
""",
    "a queue between processes that is full of what nobody reads": """
import multiprocessing
if __name__ == "__main__":
    q = multiprocessing.Queue()
    q.cancel_join_thread()
    for _ in range(100): q.put("x" * 10000)
    print("end")
""",
    "a manager that is not shut down": """
import multiprocessing
if __name__ == "__main__":
    m = multiprocessing.Manager()
    d = m.dict(a=1)
    print("end")
""",
    "an exception, and daemon threads": """
import threading, time
threading.Thread(target=time.sleep, args=(100,), daemon=True).start()
print("end", flush=True)
raise SystemExit(0)
""",
}


def processes_with(mark):
    found = []
    for pid in os.listdir("/proc"):
        if pid.isdigit() and int(pid) != os.getpid():
            try:
                with open(f"/proc/{pid}/environ", "rb") as f:
                    if mark.encode() in f.read():
                        found.append(pid)
            except OSError:
                pass
    return found


rounds = int(sys.argv[1])
interpreter = sys.argv[2] if len(sys.argv) > 2 else sys.executable
bad = ran = 0
with tempfile.TemporaryDirectory() as folder:
    path = os.path.join(folder, "program.py")
    mark = f"STRESS_MARK={folder}"
    environment = dict(os.environ, STRESS_MARK=folder)
    for name, text in PROGRAMS.items():
        with open(path, "w") as f:
            f.write(text)
        for _ in range(rounds):
            ran += 1
            process = subprocess.Popen([interpreter, path], stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment)
            try:
                out, err = process.communicate(timeout=60)
                outcome = out, process.returncode
            except subprocess.TimeoutExpired:
                process.kill()
                outcome, err = "hangs", b""
                process.communicate()
            for _ in range(100):
                left = processes_with(mark)
                if not left:
                    break
                time.sleep(0.01)
            err = err.replace(b"." * 50 + b"\n", b"").strip(b".\n")
            if outcome != (b"end\n", 0) or err or left:
                bad += 1
                print(f"{name}: {outcome} {err.decode()[-500:]} left: {left}")
print(f"{ran} endings of {len(PROGRAMS)} kinds, {bad} bad")
sys.exit(bad != 0)
