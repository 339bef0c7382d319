"""C's simple types, arrays and structures of them, as memory that can be shared. There is no calling of C here."""

import _multiprocessing

__all__ = [
    "Array", "Structure", "sizeof", "alignment", "c_bool", "c_byte", "c_char", "c_double", "c_float", "c_int",
    "c_int16", "c_int32", "c_int64", "c_int8", "c_long", "c_longlong", "c_short", "c_size_t", "c_ssize_t", "c_ubyte",
    "c_uint", "c_uint16", "c_uint32", "c_uint64", "c_uint8", "c_ulong", "c_ulonglong", "c_ushort", "c_wchar",
    "create_string_buffer",
]


class _CType(type):
    """The class of C types: multiplied, they give array types."""

    def __mul__(cls, length):
        if length < 0:
            raise ValueError(f"Array length must be >= 0, not {length}")
        key = cls, length
        if key not in _array_types:
            name = f"{cls.__name__}_Array_{length}"
            _array_types[key] = _CType(name, (Array,), {"_type_": cls, "_length_": length})
        return _array_types[key]

    __rmul__ = __mul__


_array_types = {}


class _CData(metaclass=_CType):
    """A place in memory, and what of."""

    # What keeps the memory from being used for something else.
    _owner = None

    def __new__(cls, *args, **kwargs):
        if cls in (_CData, _SimpleCData, Structure, Array):
            raise TypeError("abstract class")
        return cls._over(_multiprocessing.local(sizeof(cls)), 0, None)

    @classmethod
    def _over(cls, region, offset, owner):
        self = object.__new__(cls)
        object.__setattr__(self, "_region", region)
        object.__setattr__(self, "_offset", offset)
        object.__setattr__(self, "_owner", owner)
        return self

    def __reduce__(self):
        if self._owner is None:
            raise ValueError("ctypes objects containing pointers cannot be pickled")
        return _rebuild, (_described(type(self)), self._owner)


def _described(cls):
    return (_described(cls._type_), cls._length_) if issubclass(cls, Array) else cls


def _rebuild(described, block):
    cls = _rebuilt(described)
    return cls._over(block.region, block.offset, block)


def _rebuilt(described):
    return _rebuilt(described[0]) * described[1] if isinstance(described, tuple) else described


class _SimpleCData(_CData):
    """A number or character."""

    def __init__(self, *args):
        if len(args) > 1:
            raise TypeError(f"__init__ expected at most 1 argument, got {len(args)}")
        if args:
            self.value = args[0]

    @property
    def value(self):
        """What is there, as Python's."""
        return self._region.get(self._offset, self._type_)

    @value.setter
    def value(self, value):
        self._region.set(self._offset, self._type_, value)

    def __repr__(self):
        return f"{type(self).__name__}({self.value!r})"

    def __bool__(self):
        return bool(self.value) if not isinstance(self.value, (bytes, str)) else self.value not in (b"\0", "\0")


def _simple(name, code):
    return _CType(name, (_SimpleCData,), {"_type_": code, "__module__": "ctypes"})


c_bool = _simple("c_bool", "?")
c_char = _simple("c_char", "c")
c_wchar = _simple("c_wchar", "u")
c_byte = c_int8 = _simple("c_byte", "b")
c_ubyte = c_uint8 = _simple("c_ubyte", "B")
c_short = c_int16 = _simple("c_short", "h")
c_ushort = c_uint16 = _simple("c_ushort", "H")
c_int = c_int32 = _simple("c_int", "i")
c_uint = c_uint32 = _simple("c_uint", "I")
# As in C on this machine, these are types of their own only by one of their names.
c_long = c_longlong = c_int64 = c_ssize_t = _simple("c_long", "l")
c_ulong = c_ulonglong = c_uint64 = c_size_t = _simple("c_ulong", "L")
c_float = _simple("c_float", "f")
c_double = _simple("c_double", "d")


class Array(_CData):
    """A number of items of one type."""

    def __init__(self, *values):
        if len(values) > self._length_:
            raise IndexError("invalid index")
        for i, value in enumerate(values):
            self[i] = value

    def __len__(self):
        return self._length_

    def _item(self, i):
        return self._type_._over(self._region, self._offset + i * sizeof(self._type_), self._owner)

    def _index(self, i):
        try:
            i = i.__index__()
        except AttributeError:
            raise TypeError("indices must be integers") from None
        place = i + self._length_ if i < 0 else i
        if not 0 <= place < self._length_:
            raise IndexError("invalid index")
        return place

    def __getitem__(self, i):
        item = self._type_
        if isinstance(i, slice):
            places = range(*i.indices(self._length_))
            if issubclass(item, _SimpleCData):
                return self._region.items(self._offset, item._type_, places.start, places.step, len(places))
            return [self._item(place) for place in places]
        place = self._index(i)
        if issubclass(item, _SimpleCData):
            return self._region.get(self._offset + place * sizeof(item), item._type_)
        return self._item(place)

    def __setitem__(self, i, value):
        if isinstance(i, slice):
            places = range(*i.indices(self._length_))
            if len(value) != len(places):
                raise ValueError("Can only assign sequence of same size")
            for place, part in zip(places, value):
                self[place] = part
            return
        place, item = self._index(i), self._type_
        if issubclass(item, _SimpleCData):
            self._region.set(self._offset + place * sizeof(item), item._type_, getattr(value, "value", value))
        elif isinstance(value, item):
            _copy(value, self._item(place))
        else:
            self._item(place).__init__(*value)

    def _characters(self):
        if self._type_ not in (c_char, c_wchar):
            raise AttributeError(f"{type(self).__name__!r} object has no attribute 'value'")
        return self[:]

    @property
    def value(self):
        """Of characters: those up to the first zero."""
        text = self._characters()
        return text.partition(b"\0" if self._type_ is c_char else "\0")[0]

    @value.setter
    def value(self, value):
        self._characters()
        if len(value) > self._length_:
            raise ValueError("byte string too long" if self._type_ is c_char else "string too long")
        ending = b"\0" if self._type_ is c_char else "\0"
        for i, character in enumerate(value):
            self[i] = character
        if len(value) < self._length_:
            self[len(value)] = ending

    @property
    def raw(self):
        """All bytes."""
        if self._type_ is not c_char:
            raise AttributeError(f"{type(self).__name__!r} object has no attribute 'raw'")
        return self._region.read(self._offset, self._length_)

    @raw.setter
    def raw(self, value):
        if len(value) > self._length_:
            raise ValueError("byte string too long")
        self._region.write(self._offset, value)


def _copy(source, target):
    target._region.write(target._offset, source._region.read(source._offset, sizeof(source)))


class _StructureType(_CType):
    def __setattr__(cls, name, value):
        super().__setattr__(name, value)
        if name == "_fields_":
            _lay_out(cls)


class Structure(_CData, metaclass=_StructureType):
    """Fields of any types, one after the other: see `_fields_`."""

    _places_ = {}

    def __init_subclass__(cls, **keywords):
        super().__init_subclass__(**keywords)
        if "_fields_" in cls.__dict__:
            _lay_out(cls)

    def __init__(self, *args, **kwargs):
        names = list(self._places_)
        if len(args) > len(names):
            raise TypeError("too many initializers")
        for name, value in zip(names, args):
            if name in kwargs:
                raise TypeError(f"duplicate values for field {name!r}")
            setattr(self, name, value)
        for name, value in kwargs.items():
            setattr(self, name, value)


class _Field:
    """A field of a structure."""

    def __init__(self, type_, offset):
        self.type_, self.offset, self.size = type_, offset, sizeof(type_)

    def __get__(self, obj, owner=None):
        if obj is None:
            return self
        if issubclass(self.type_, _SimpleCData):
            return obj._region.get(obj._offset + self.offset, self.type_._type_)
        return self.type_._over(obj._region, obj._offset + self.offset, obj._owner)

    def __set__(self, obj, value):
        place = self.type_._over(obj._region, obj._offset + self.offset, obj._owner)
        if isinstance(value, self.type_):
            _copy(value, place)
        elif issubclass(self.type_, _SimpleCData):
            place.value = value
        else:
            place.__init__(*value)


def _lay_out(cls):
    """Give each field its place."""
    offset, widest = 0, 1
    places = {}
    for base in reversed(cls.__mro__[1:]):
        for name, field in getattr(base, "_places_", {}).items():
            places[name] = field
            offset, widest = field.offset + field.size, max(widest, alignment(field.type_))
    for name, type_ in cls._fields_:
        room = alignment(type_)
        offset = -(-offset // room) * room
        places[name] = field = _Field(type_, offset)
        setattr(cls, name, field)
        offset, widest = offset + field.size, max(widest, room)
    cls._places_ = places
    cls._size_, cls._alignment_ = -(-offset // widest) * widest, widest


def sizeof(obj):
    """How many bytes an object, or one of a type, has."""
    cls = obj if isinstance(obj, type) else type(obj)
    if not issubclass(cls, _CData):
        raise TypeError("this type has no size")
    if issubclass(cls, _SimpleCData):
        return _multiprocessing.sizeof(cls._type_)
    if issubclass(cls, Array):
        return sizeof(cls._type_) * cls._length_
    return getattr(cls, "_size_", 0)


def alignment(obj):
    """Which multiple the places of a type's objects are."""
    cls = obj if isinstance(obj, type) else type(obj)
    if issubclass(cls, Array):
        return alignment(cls._type_)
    return getattr(cls, "_alignment_", 1) if issubclass(cls, Structure) else max(sizeof(cls), 1)


def create_string_buffer(init, size=None):
    """Characters that can be changed."""
    if isinstance(init, bytes):
        buffer = (c_char * (len(init) + 1 if size is None else size))()
        buffer.value = init
        return buffer
    if isinstance(init, int):
        return (c_char * init)()
    raise TypeError(init)
