"""Sound in WAVE files, not compressed."""

import builtins
import struct
from collections import namedtuple

__all__ = ["open", "Error", "Wave_read", "Wave_write"]

WAVE_FORMAT_PCM = 0x0001

_wave_params = namedtuple("_wave_params", "nchannels sampwidth framerate nframes comptype compname")


class Error(Exception):
    """A file is no such file, or cannot become one."""


class _Wave:
    """What reading and writing have in common: the file may be one that was opened here."""

    def _take(self, f, mode):
        self._own = None
        if isinstance(f, str):
            f = self._own = builtins.open(f, mode)
        return f

    def _drop(self):
        own, self._own = self._own, None
        if own:
            own.close()

    def __enter__(self):
        return self

    def __exit__(self, *args):
        self.close()

    def __del__(self):
        if hasattr(self, "_own"):
            self.close()

    def getparams(self):
        """All parameters."""
        return _wave_params(
            self.getnchannels(), self.getsampwidth(), self.getframerate(), self.getnframes(), self.getcomptype(),
            self.getcompname(),
        )

    def getmarkers(self):
        return None

    def getmark(self, id):
        raise Error("no marks")

    def getcomptype(self):
        return "NONE"

    def getcompname(self):
        return "not compressed"


class Wave_read(_Wave):
    """A file to be read."""

    def __init__(self, f):
        file = self._take(f, "rb")
        try:
            self._read_header(file)
        except BaseException:
            self._drop()
            raise

    def _read_header(self, file):
        name, _ = self._chunk(file)
        if name != b"RIFF":
            raise Error("file does not start with RIFF id")
        if file.read(4) != b"WAVE":
            raise Error("not a WAVE file")
        has_format = False
        while True:
            try:
                name, size = self._chunk(file)
            except EOFError:
                raise Error("fmt chunk and/or data chunk missing") from None
            if name == b"data":
                if not has_format:
                    raise Error("data chunk before fmt chunk")
                break
            data = file.read(size + size % 2)
            if name == b"fmt ":
                self._read_format(data)
                has_format = True
        self._file = file
        self._frame = self._channels * self._width
        self._frames = size // self._frame
        self._at = 0
        try:
            self._start = file.tell()
        except (AttributeError, OSError):
            self._start = None

    @staticmethod
    def _chunk(file):
        """The name and the size of the next part."""
        header = file.read(8)
        if len(header) < 8:
            raise EOFError
        return struct.unpack("<4sL", header)

    def _read_format(self, data):
        if len(data) < 14:
            raise EOFError
        kind, self._channels, self._rate, _, _ = struct.unpack_from("<HHLLH", data)
        if kind != WAVE_FORMAT_PCM:
            raise Error(f"unknown format: {kind!r}")
        if len(data) < 16:
            raise EOFError
        self._width = (struct.unpack_from("<H", data, 14)[0] + 7) // 8
        if not self._width:
            raise Error("bad sample width")
        if not self._channels:
            raise Error("bad # of channels")

    def getfp(self):
        return self._file

    def close(self):
        """Let go of the file."""
        self._file = None
        self._drop()

    def getnchannels(self):
        return self._channels

    def getsampwidth(self):
        return self._width

    def getframerate(self):
        return self._rate

    def getnframes(self):
        return self._frames

    def tell(self):
        """Which frame is read next."""
        return self._at

    def rewind(self):
        """Read from the start."""
        self.setpos(0)

    def setpos(self, pos):
        """Read from a frame."""
        if not 0 <= pos <= self._frames:
            raise Error("position not in range")
        if self._start is None:
            raise OSError("cannot seek")
        self._file.seek(self._start + pos * self._frame)
        self._at = pos

    def readframes(self, nframes):
        """The next frames, at most so many."""
        rest = self._frames - self._at
        data = self._file.read(min(nframes if nframes >= 0 else rest, rest) * self._frame)
        self._at += len(data) // self._frame
        return data


def _setting(name, what, check, message, convert=lambda value: value):
    """Methods to set and get a parameter before anything is written."""

    def set(self, value):
        if self._written:
            raise Error("cannot change parameters after starting to write")
        if not check(value):
            raise Error(message)
        setattr(self, name, convert(value))

    def get(self):
        if not getattr(self, name):
            raise Error(f"{what} not set")
        return getattr(self, name)

    return set, get


class Wave_write(_Wave):
    """A file to be written; its parameters must be set first."""

    def __init__(self, f):
        self._file = self._take(f, "wb")
        self._channels = self._width = self._rate = 0
        # Frames that were announced, frames and bytes that were written, bytes that the header says.
        self._frames = self._frames_written = 0
        self._written = self._said = 0
        self._has_header = False

    setnchannels, getnchannels = _setting(
        "_channels", "number of channels", lambda n: n >= 1, "bad # of channels"
    )
    setsampwidth, getsampwidth = _setting("_width", "sample width", lambda n: 1 <= n <= 4, "bad sample width")
    setframerate, getframerate = _setting(
        "_rate", "frame rate", lambda n: n > 0, "bad frame rate", lambda n: int(round(n))
    )

    def setnframes(self, nframes):
        """Say how many frames there will be."""
        if self._written:
            raise Error("cannot change parameters after starting to write")
        self._frames = nframes

    def getnframes(self):
        return self._frames_written

    def setcomptype(self, comptype, compname):
        if self._written:
            raise Error("cannot change parameters after starting to write")
        if comptype not in ("NONE",):
            raise Error("unsupported compression type")

    def setparams(self, params):
        """Set all parameters."""
        channels, width, rate, frames, kind, name = params
        self.setnchannels(channels)
        self.setsampwidth(width)
        self.setframerate(rate)
        self.setnframes(frames)
        self.setcomptype(kind, name)

    def getparams(self):
        if not self._channels or not self._width or not self._rate:
            raise Error("not all parameters set")
        return super().getparams()._replace(nframes=self._frames)

    def setmark(self, id, pos, name):
        raise Error("setmark() not supported")

    def tell(self):
        """How many frames were written."""
        return self._frames_written

    def _write_header(self, size):
        for value, what in ((self._channels, "# channels"), (self._width, "sample width"), (self._rate, "sampling rate")):
            if not value:
                raise Error(f"{what} not specified")
        frame = self._channels * self._width
        self._frames = self._frames or size // frame
        self._said = self._frames * frame
        self._file.write(b"RIFF")
        try:
            self._place = self._file.tell()
        except (AttributeError, OSError):
            self._place = None
        self._file.write(
            struct.pack(
                "<L4s4sLHHLLHH4s", 36 + self._said, b"WAVE", b"fmt ", 16, WAVE_FORMAT_PCM, self._channels, self._rate,
                frame * self._rate, frame, self._width * 8, b"data",
            )
        )
        self._file.write(struct.pack("<L", self._said))
        self._has_header = True

    def _patch_header(self):
        """Say how much was written, now that it is known."""
        if self._said == self._written:
            return
        end = self._file.tell()
        self._file.seek(self._place)
        self._file.write(struct.pack("<L", 36 + self._written))
        self._file.seek(self._place + 36)
        self._file.write(struct.pack("<L", self._written))
        self._file.seek(end)
        self._said = self._written

    def writeframesraw(self, data):
        """Write frames; the header is put right in the end."""
        if not isinstance(data, (bytes, bytearray)):
            data = memoryview(data).cast("B")
        if not self._has_header:
            self._write_header(len(data))
        self._file.write(data)
        self._written += len(data)
        self._frames_written += len(data) // (self._width * self._channels)

    def writeframes(self, data):
        """Write frames, and put the header right."""
        self.writeframesraw(data)
        self._patch_header()

    def close(self):
        """Put the header right, and let go of the file."""
        try:
            if self._file:
                if not self._has_header:
                    self._write_header(0)
                self._patch_header()
                self._file.flush()
        finally:
            self._file = None
            self._drop()


def open(f, mode=None):
    """Open a file, or one with this name: "rb" to read it, "wb" to write it."""
    if mode is None:
        mode = getattr(f, "mode", "rb")
    if mode in ("r", "rb"):
        return Wave_read(f)
    if mode in ("w", "wb"):
        return Wave_write(f)
    raise Error("mode must be 'r', 'rb', 'w', or 'wb'")
