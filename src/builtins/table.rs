//! What stands in `builtins`: the table of functions and the list of types.

use super::{numbers, objects, sequences, text};
use crate::object::{Def, Type};
use crate::types::{bool, dict, float, iterators, lazy, list, range, set, slice, str, tuple};

/// The functions. Those that need the running frame or make classes are in the VM's own table.
pub static DEFS: &[Def] = crate::defs! {
    fn "abs(x, /)" "Return the absolute value of the argument." => numbers::abs;
    fn "all(iterable, /)" "Return True if bool(x) is True for all values x in the iterable.\n\nIf the iterable is empty, return True." => sequences::all;
    fn "any(iterable, /)" "Return True if bool(x) is True for any x in the iterable.\n\nIf the iterable is empty, return False." => sequences::any;
    fn "ascii(obj, /)" "Return an ASCII-only representation of an object." => text::ascii;
    fn "bin(number, /)" "Return the binary representation of an integer.\n\n   >>> bin(2796202)\n   '0b1010101010101010101010'" => numbers::bin;
    fn "breakpoint(*args, **kws)" "Call sys.breakpointhook(*args, **kws), which drops into a debugger." => crate::modules::sys_settings::breakpoint;
    fn "callable(obj, /)" "Return whether the object is callable (i.e., some kind of function)." => objects::callable;
    fn "chr(i, /)" "Return a Unicode string of one character with ordinal i; 0 <= i <= 0x10ffff." => text::chr;
    fn "delattr(obj, name, /)" "Deletes the named attribute from the given object.\n\ndelattr(x, 'y') is equivalent to ``del x.y``" => objects::delattr;
    fn "dir(object=None, /)" "Return the names of the attributes of an object, sorted; without one, the names in the current scope." => objects::dir;
    fn "divmod(x, y, /)" "Return the tuple (x//y, x%y).  Invariant: div*y + mod == x." => numbers::divmod;
    fn "exit(code=None, /)" "Leave the interpreter by raising SystemExit." => objects::exit;
    fn "format(value, format_spec='', /)" "Return type(value).__format__(value, format_spec)." => text::format;
    fn "getattr(object, name, default=None, /)" "getattr(object, name[, default]) -> value\n\nGet a named attribute from an object; getattr(x, 'y') is equivalent to x.y.\nWhen a default argument is given, it is returned when the attribute doesn't\nexist; without it, an exception is raised in that case." => objects::getattr;
    fn "hasattr(obj, name, /)" "Return whether the object has an attribute with the given name." => objects::hasattr;
    fn "hash(obj, /)" "Return the hash value for the given object.\n\nTwo objects that compare equal must also have the same hash value, but the\nreverse is not necessarily true." => objects::hash;
    fn "hex(number, /)" "Return the hexadecimal representation of an integer.\n\n   >>> hex(12648430)\n   '0xc0ffee'" => numbers::hex;
    fn "id(obj, /)" "Return the identity of an object.\n\nThis is guaranteed to be unique among simultaneously existing objects." => objects::id;
    fn "input(prompt='', /)" "Read a string from standard input.  The trailing newline is stripped." => text::input;
    fn "isinstance(obj, class_or_tuple, /)" "Return whether an object is an instance of a class or of a subclass thereof." => objects::isinstance;
    fn "issubclass(cls, class_or_tuple, /)" "Return whether 'cls' is derived from another class or is the same class." => objects::issubclass;
    fn "iter(object, sentinel=None, /)" "iter(iterable) -> iterator\niter(callable, sentinel) -> iterator\n\nGet an iterator from an object.\nIn the first form, the argument must supply its own iterator, or be a sequence.\nIn the second form, the callable is called until it returns the sentinel." => sequences::iter;
    fn "len(obj, /)" "Return the number of items in a container." => sequences::len;
    fn "max(*args, key=None, default=None)" "max(iterable, *[, default=obj, key=func]) -> value\nmax(arg1, arg2, *args, *[, key=func]) -> value\n\nWith a single iterable argument, return its biggest item." => sequences::max;
    fn "min(*args, key=None, default=None)" "min(iterable, *[, default=obj, key=func]) -> value\nmin(arg1, arg2, *args, *[, key=func]) -> value\n\nWith a single iterable argument, return its smallest item." => sequences::min;
    fn "next(iterator, default=None, /)" "next(iterator[, default])\n\nReturn the next item from the iterator. If default is given and the iterator\nis exhausted, it is returned instead of raising StopIteration." => sequences::next;
    fn "oct(number, /)" "Return the octal representation of an integer.\n\n   >>> oct(342391)\n   '0o1234567'" => numbers::oct;
    fn "ord(c, /)" "Return the Unicode code point for a one-character string." => text::ord;
    fn "pow(base, exp, mod=None)" "Equivalent to base**exp with 2 arguments or base**exp % mod with 3 arguments." => numbers::pow;
    fn "print(*args, sep=' ', end='\\n', file=None, flush=False)" "Prints the values to a stream, or to sys.stdout by default." => text::print;
    fn "quit(code=None, /)" "Leave the interpreter by raising SystemExit." => objects::exit;
    fn "repr(obj, /)" "Return the canonical string representation of the object." => text::repr;
    fn "round(number, ndigits=None)" "Round a number to a given precision in decimal digits.\n\nThe return value is an integer if ndigits is omitted or None.  Otherwise\nthe return value has the same type as the number.  ndigits may be negative." => numbers::round;
    fn "setattr(obj, name, value, /)" "Sets the named attribute on the given object to the specified value.\n\nsetattr(x, 'y', v) is equivalent to ``x.y = v``" => objects::setattr;
    fn "sorted(iterable, /, *, key=None, reverse=False)" "Return a new list containing all items from the iterable in ascending order." => sequences::sorted;
    fn "sum(iterable, /, start=0)" "Return the sum of a 'start' value (default: 0) plus an iterable of numbers" => sequences::sum;
    fn "vars(object=None, /)" "Without arguments, equivalent to locals().\n\nWith an argument, equivalent to object.__dict__." => objects::vars;
};

/// The types that have a name in `builtins`.
pub fn types() -> Vec<&'static Type> {
    vec![
        &bool::BOOL,
        &dict::DICT,
        &lazy::ENUMERATE,
        &lazy::FILTER,
        &float::FLOAT,
        &set::FROZENSET,
        &list::LIST,
        &lazy::MAP,
        &range::RANGE,
        &iterators::REVERSED,
        &set::SET,
        &slice::SLICE,
        &str::STR,
        &tuple::TUPLE,
        &lazy::ZIP,
    ]
}

/// The types of containers' helpers, which have no name but must be made ready at start-up too.
pub fn unnamed_types() -> Vec<&'static Type> {
    vec![
        &dict::DICT_ITEMS,
        &dict::DICT_ITEM_ITERATOR,
        &dict::DICT_KEYS,
        &dict::DICT_KEY_ITERATOR,
        &dict::DICT_REVERSE_ITEM_ITERATOR,
        &dict::DICT_REVERSE_KEY_ITERATOR,
        &dict::DICT_REVERSE_VALUE_ITERATOR,
        &dict::DICT_VALUES,
        &dict::DICT_VALUE_ITERATOR,
        &iterators::CALLABLE_ITERATOR,
        &iterators::LIST_ITERATOR,
        &iterators::LIST_REVERSE_ITERATOR,
        &iterators::SEQUENCE_ITERATOR,
        &iterators::TUPLE_ITERATOR,
        &range::RANGE_ITERATOR,
        &range::WIDE_ITERATOR,
        &set::SET_ITERATOR,
        &str::STR_ITERATOR,
        &str::STR_ASCII_ITERATOR,
    ]
}
