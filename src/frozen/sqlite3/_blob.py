"""Blobs that are read and written like files and bytes."""
import operator
import os


class Blob:
    """An open blob: made by Connection.blobopen()."""

    def __new__(cls, *args, **kwargs):
        raise TypeError("cannot create 'sqlite3.Blob' instances")

    @classmethod
    def _over(cls, connection, blob):
        self = object.__new__(cls)
        self._connection = connection
        self._blob = blob
        self._offset = 0
        return self

    def _size(self):
        self._connection._check()
        return self._blob.size

    def close(self):
        """Close the blob."""
        self._connection._check()
        self._blob.close()

    def read(self, length=-1, /):
        """Read so many bytes from the current place on, or all that are left."""
        left = self._size() - self._offset
        if length < 0 or length > left:
            length = left
        data = self._blob.read(self._offset, length)
        self._offset += length
        return data

    def write(self, data, /):
        """Write bytes at the current place; the size stays."""
        self._size()
        data = memoryview(data).cast("B")
        self._blob.write(self._offset, data)
        self._offset += len(data)

    def seek(self, offset, origin=os.SEEK_SET, /):
        """Move to a place, counted from the start, the current place or the end."""
        size = self._size()
        if origin == os.SEEK_CUR:
            offset += self._offset
        elif origin == os.SEEK_END:
            offset += size
        elif origin != os.SEEK_SET:
            raise ValueError("'origin' should be os.SEEK_SET, os.SEEK_CUR, or os.SEEK_END")
        if not -1 << 31 <= offset < 1 << 31:
            raise OverflowError("seek offset results in overflow")
        if not 0 <= offset <= size:
            raise ValueError("offset out of blob range")
        self._offset = offset

    def tell(self):
        """The current place."""
        self._size()
        return self._offset

    def __len__(self):
        return self._size()

    __iter__ = None

    def __enter__(self):
        self._size()
        return self

    def __exit__(self, type, value, traceback, /):
        self._size()
        self._blob.close()

    def _place(self, key):
        """The place of one byte."""
        size = self._size()
        try:
            place = operator.index(key)
        except TypeError:
            raise TypeError("Blob indices must be integers") from None
        if not -1 << 63 <= place < 1 << 63:
            raise IndexError("cannot fit 'int' into an index-sized integer")
        if place < 0:
            place += size
        if not 0 <= place < size:
            raise IndexError("Blob index out of range")
        return place

    def __getitem__(self, key, /):
        if isinstance(key, slice):
            start, stop, step = key.indices(self._size())
            if step == 1:
                return self._blob.read(start, max(stop - start, 0))
            if not range(start, stop, step):
                return b""
            if step < 0:
                return self._blob.read(stop + 1, start - stop)[::step]
            return self._blob.read(start, stop - start)[::step]
        return self._blob.read(self._place(key), 1)[0]

    def __setitem__(self, key, value, /):
        if isinstance(key, slice):
            start, stop, step = key.indices(self._size())
            data = memoryview(value).cast("B")
            places = range(start, stop, step)
            if len(data) != len(places):
                raise IndexError("Blob slice assignment is wrong size")
            if step == 1:
                self._blob.write(start, data)
            elif places:
                low = min(places)
                part = bytearray(self._blob.read(low, max(places) - low + 1))
                for place, byte in zip(places, data):
                    part[place - low] = byte
                self._blob.write(low, part)
            return
        place = self._place(key)
        if not isinstance(value, int):
            raise TypeError(f"'{type(value).__name__}' object cannot be interpreted as an integer")
        if not 0 <= value <= 255:
            raise ValueError("byte must be in range(0, 256)")
        self._blob.write(place, bytes([value]))

    def __delitem__(self, key, /):
        self._size()
        if isinstance(key, slice):
            raise TypeError("Blob doesn't support slice deletion")
        raise TypeError("Blob doesn't support item deletion")
