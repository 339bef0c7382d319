# I/O-bound: Simulate file download
import time

def download_file():
    time.sleep(2)  # Simulate waiting for I/O
    print("Downloaded")

download_file()

