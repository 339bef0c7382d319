"""logging.handlers and logging.config."""
import io
import json
import logging
import logging.config
import logging.handlers
import os
import queue
import sys
import time

PATH = f"/tmp/logging-{os.getpid()}"


def show(pattern=""):
    folder, base = os.path.split(PATH)
    for name in sorted(os.listdir(folder)):
        if name.startswith(base):
            with open(os.path.join(folder, name)) as file:
                print(name.removeprefix(base) or "file", repr(file.read()))


def clean():
    folder, base = os.path.split(PATH)
    for name in os.listdir(folder):
        if name.startswith(base):
            os.remove(os.path.join(folder, name))


log = logging.getLogger("app")
log.propagate = False
log.setLevel("DEBUG")

# Files.
for mode in ("w", "a"):
    handler = logging.FileHandler(PATH, mode, delay=True)
    print(os.path.exists(PATH), handler.stream, handler.level, handler.mode)
    log.addHandler(handler)
    log.info("one %s", mode)
    log.removeHandler(handler)
    handler.close()
    handler.close()
    handler.emit(logging.makeLogRecord({"msg": "after"}))
    handler.close()
show()
clean()

# Rotation by size.
handler = logging.handlers.RotatingFileHandler(PATH, maxBytes=30, backupCount=2)
handler.setFormatter(logging.Formatter("%(message)s"))
log.addHandler(handler)
for i in range(9):
    log.info("message %d", i)
handler.doRollover()
handler.close()
log.removeHandler(handler)
show()
clean()

# Rotation by time.
handler = logging.handlers.TimedRotatingFileHandler(PATH, when="S", backupCount=1, utc=True)
handler.namer = lambda name: name.rpartition(".")[0] + ".old"
log.addHandler(handler)
log.info("old")
handler.rolloverAt = 0
log.info("new")
handler.close()
log.removeHandler(handler)
show()
clean()
for when, interval in (("h", 1), ("D", 2), ("midnight", 1), ("W0", 1), ("W6", 1), ("m", 5)):
    handler = logging.handlers.TimedRotatingFileHandler(PATH, when=when, interval=interval, utc=True, delay=True)
    print(when, handler.interval, handler.suffix, handler.computeRollover(1_000_000_000))
    handler.close()
for when in ("W", "W7", "x"):
    try:
        logging.handlers.TimedRotatingFileHandler(PATH, when=when, delay=True)
    except ValueError as error:
        print(error)

# Buffers.
target = logging.StreamHandler(sys.stdout)
target.setFormatter(logging.Formatter("%(levelname)s %(message)s"))
memory = logging.handlers.MemoryHandler(3, target=target)
log.addHandler(memory)
log.info("kept")
print("-")
log.error("flushes")
log.info("kept until the end")
memory.close()
print(memory.buffer, memory.target)
log.removeHandler(memory)
buffering = logging.handlers.BufferingHandler(2)
for i in range(3):
    buffering.handle(logging.makeLogRecord({"msg": i}))
    print(len(buffering.buffer))

# Queues.
q = queue.Queue()
sender = logging.handlers.QueueHandler(q)
log.addHandler(sender)
listener = logging.handlers.QueueListener(q, target, respect_handler_level=True)
listener.start()
log.info("through %s", "a queue")
try:
    1 / 0
except ZeroDivisionError:
    log.error("failed", exc_info=True)
q.join()
target.setLevel("ERROR")
listener.stop()
log.removeHandler(sender)
target.setLevel(0)

# Watching.
handler = logging.handlers.WatchedFileHandler(PATH)
log.addHandler(handler)
log.info("first")
os.rename(PATH, f"{PATH}.moved")
log.info("second")
handler.close()
log.removeHandler(handler)
show()
clean()


# Dictionaries.
class Only(logging.Filter):
    def __init__(self, word):
        self.word = word

    def filter(self, record):
        return self.word in record.getMessage()


def make(fmt, suffix=""):
    return logging.Formatter(fmt + suffix)


class Brackets(logging.Formatter):
    def format(self, record):
        return f"[{super().format(record)}]"


sys.modules["here"] = sys.modules["__main__"]
old = logging.getLogger("old")
child = logging.getLogger("new.child")
config = {
    "version": 1,
    "formatters": {
        "plain": {"format": "%(name)s %(levelname)s %(message)s"},
        "braces": {"format": "{levelname}|{message}", "style": "{", "datefmt": "%H"},
        "made": {"()": "here.make", "fmt": "%(message)s", "suffix": "!"},
        "class": {"class": "here.Brackets", "format": "%(message)s"},
    },
    "filters": {"word": {"()": Only, "word": "yes"}, "name": {"name": "new"}},
    "handlers": {
        "out": {"class": "logging.StreamHandler", "formatter": "plain", "stream": "ext://sys.stdout", "level": "INFO"},
        "out2": {"class": "logging.StreamHandler", "formatter": "cfg://names[0]", "stream": "ext://sys.stdout",
                 "filters": ["word"]},
        "made": {"()": "logging.StreamHandler", "stream": sys.stdout, "formatter": "made", ".": {"terminator": "?\n"}},
        "a_memory": {"class": "logging.handlers.MemoryHandler", "capacity": 10, "target": "out"},
        "klass": {"class": "logging.StreamHandler", "formatter": "class", "stream": "ext://sys.stdout"},
    },
    "names": ["braces"],
    "loggers": {
        "new": {"level": "DEBUG", "handlers": ["out2", "a_memory"], "propagate": False},
        "other": {"level": 10, "handlers": ["made", "klass"], "filters": ["word"]},
    },
    "root": {"level": "WARNING", "handlers": ["out"]},
}
logging.config.dictConfig(config)
print(old.disabled, child.disabled, logging.root, logging.root.handlers, logging.getLogger("new").handlers)
logging.getLogger("new").info("yes sir")
logging.getLogger("new").info("no sir")
child.debug("yes child")
logging.getLogger("other").info("yes other")
logging.getLogger("other").info("no other")
logging.warning("root")
old.error("disabled")
logging.getLogger("new").error("flush")
logging.config.dictConfig({"version": 1, "incremental": True, "handlers": {"out": {"level": "ERROR"}},
                           "loggers": {"new": {"level": "ERROR"}}, "root": {"level": "DEBUG"}})
logging.warning("not any more")
logging.getLogger("new").warning("yes, but no")
print(logging.root.level)
for bad in (
    {}, {"version": 2}, {"version": 1, "handlers": {"h": {"class": "no.such.Class"}}},
    {"version": 1, "handlers": {"h": {"class": "logging.NoHandler"}}},
    {"version": 1, "handlers": {"h": {"class": "logging.StreamHandler", "formatter": "missing"}}},
    {"version": 1, "handlers": {"h": {"class": "logging.StreamHandler", "bad key": 1}}},
    {"version": 1, "handlers": {"h": {"class": "logging.StreamHandler", "nothing": 1}}},
    {"version": 1, "root": {"level": "LOUD"}}, {"version": 1, "loggers": {"l": {"handlers": ["h"]}}},
    {"version": 1, "formatters": {"f": {"format": "x"}}}, {"version": 1, "root": {"filters": ["f"]}},
    {"version": 1, "incremental": True, "handlers": {"h": {}}},
):
    try:
        logging.config.dictConfig(bad)
    except Exception as error:
        cause = error.__cause__
        print(type(error).__name__, error, "|", type(cause).__name__, cause)

# Files.
TEXT = """
[loggers]
keys=root, deep
[handlers]
keys=console,quiet
[formatters]
keys=short
[logger_root]
level=WARNING
handlers=console
[logger_deep]
level=DEBUG
handlers=quiet
propagate=1
qualname=very.deep
[handler_console]
class=StreamHandler
level=NOTSET
formatter=short
args=(sys.stdout,)
[handler_quiet]
class=logging.NullHandler
[formatter_short]
format=%(levelname).1s %(name)s: %(message)s
"""
logging.config.fileConfig(io.StringIO(TEXT))
logging.getLogger("very.deep").debug("from a file")
logging.error("to the root")
for name in ("/nonexistent/file",):
    try:
        logging.config.fileConfig(name)
    except Exception as error:
        print(type(error).__name__, error)
clean()
