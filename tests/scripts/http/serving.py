"""`http.server.test`, which serves until Ctrl-C."""
import http.server
import os
import re
import signal
import subprocess
import sys
import tempfile
import urllib.request

with tempfile.TemporaryDirectory() as folder:
    with open(os.path.join(folder, "a.txt"), "w") as f:
        f.write("served")
    for arguments in (
        ["-m", "http.server", "0", "--bind", "127.0.0.1", "--directory", folder],
        ["-c", "import http.server as s; s.test(s.SimpleHTTPRequestHandler, port=0, bind='127.0.0.1')"],
    ):
        child = subprocess.Popen([sys.executable, "-u", *arguments], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
                                 text=True, cwd=folder)
        line = child.stdout.readline()
        port = re.search(r"port (\d+)", line)[1]
        print(line.replace(port, "PORT"), end="")
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/a.txt") as response:
            print(response.read(), response.headers.get_content_type())
        child.send_signal(signal.SIGINT)
        print(child.stdout.read().strip(), child.wait())
        child.stdout.close()

# Headers are messages.
for name in ("get_content_charset", "walk", "get_charsets", "as_string"):
    print(hasattr(http.server.BaseHTTPRequestHandler.MessageClass, name))
