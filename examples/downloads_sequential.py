"""The document's simulated download, one after the other."""
import time


def download_file(number):
    time.sleep(0.2)  # Simulate waiting for I/O
    print(f"Downloaded {number}")


start = time.perf_counter()
for number in range(5):
    download_file(number)
elapsed = time.perf_counter() - start
assert elapsed >= 1.0
print("The waits add up")
