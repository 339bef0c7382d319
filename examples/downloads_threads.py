"""The document's simulated download in threads: a thread that waits holds no lock, so the waits overlap."""
import threading
import time

finished = []


def download_file(number):
    time.sleep(0.2)  # Simulate waiting for I/O
    finished.append(number)


start = time.perf_counter()
threads = [threading.Thread(target=download_file, args=(number,)) for number in range(5)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
elapsed = time.perf_counter() - start
for number in sorted(finished):
    print(f"Downloaded {number}")
assert elapsed < 0.9
print("The waits overlap")
