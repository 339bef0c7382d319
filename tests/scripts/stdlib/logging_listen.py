# Configurations that come in over a socket, as JSON and as a file's text, changed or refused by a function.
import json
import logging
import logging.config
import socket
import sys


def send(thread, text):
    thread.ready.wait()
    port = thread.port
    thread.ready.clear()
    with socket.create_connection(("localhost", port)) as connection:
        data = text.encode()
        connection.sendall(len(data).to_bytes(4, "big") + data)
    thread.ready.wait(5)


def verify(data):
    print("asked about", len(data) > 10)
    return None if b"refused" in data else data.replace(b"@", b"%")


sys.stderr = sys.stdout
thread = logging.config.listen(0, verify)
thread.start()
send(thread, json.dumps({
    "version": 1, "formatters": {"f": {"format": "json: @(message)s"}},
    "handlers": {"h": {"class": "logging.StreamHandler", "formatter": "f", "stream": "ext://sys.stdout"}},
    "root": {"handlers": ["h"], "level": "INFO"},
}))
logging.info("one")
send(thread, json.dumps({"version": 1, "refused": 1, "root": {"level": "ERROR"}}))
logging.info("two")
send(thread, """[loggers]
keys=root
[handlers]
keys=h
[formatters]
keys=f
[logger_root]
level=WARNING
handlers=h
[handler_h]
class=StreamHandler
formatter=f
args=(sys.stdout,)
[formatter_f]
format=file: @(message)s
""")
logging.info("three")
logging.warning("four")
logging.config.stopListening()
thread.join(5)
print(thread.is_alive())
logging.config.stopListening()
