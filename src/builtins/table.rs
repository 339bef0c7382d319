//! What stands in `builtins`: the table of functions and the list of types.

use super::{numbers, objects, sequences, text};
use crate::object::{Def, Type};
use crate::types::{bool, dict, float, iterators, lazy, list, range, set, slice, str, tuple};

/// The functions. Those that need the running frame or make classes are in the VM's own table.
pub static DEFS: &[Def] = crate::defs! {
    fn "abs(x, /)" "How far a number is from zero." => numbers::abs;
    fn "all(iterable, /)" "Whether all items are true; of no items, True." => sequences::all;
    fn "any(iterable, /)" "Whether some item is true; of no items, False." => sequences::any;
    fn "ascii(obj, /)" "As repr(), with escapes for all characters that are not ASCII." => text::ascii;
    fn "bin(number, /)" "The binary digits of an integer, behind 0b." => numbers::bin;
    fn "breakpoint(*args, **kws)" "Call sys.breakpointhook(*args, **kws), which drops into a debugger." => crate::modules::sys_settings::breakpoint;
    fn "callable(obj, /)" "Whether it can be called." => objects::callable;
    fn "chr(i, /)" "The character with this code point." => text::chr;
    fn "delattr(obj, name, /)" "Delete the attribute of this name: del x.name." => objects::delattr;
    fn "dir(object=None, /)" "Return the names of the attributes of an object, sorted; without one, the names in the current scope." => objects::dir;
    fn "divmod(x, y, /)" "The quotient, rounded down, and the remainder." => numbers::divmod;
    fn "help(*args, **kwds)" "Write the documentation of an object; without one, ask for names." => objects::help;
    fn "exit(code=None, /)" "Leave the interpreter by raising SystemExit." => objects::exit;
    fn "format(value, format_spec='', /)" "Return type(value).__format__(value, format_spec)." => text::format;
    fn "getattr(object, name, default=None, /)" "getattr(object, name[, default])\n\nThe attribute of this name, x.name; if it has none, the default if one is given." => objects::getattr;
    fn "hasattr(obj, name, /)" "Whether there is an attribute of this name." => objects::hasattr;
    fn "hash(obj, /)" "The hash value; equal objects have the same." => objects::hash;
    fn "hex(number, /)" "The hexadecimal digits of an integer, behind 0x." => numbers::hex;
    fn "id(obj, /)" "A number that no other object has as long as this one is there." => objects::id;
    fn "input(prompt='', /)" "A line from standard input, without its end; the prompt is written before." => text::input;
    fn "isinstance(obj, class_or_tuple, /)" "Whether an object is one of a class, of a class derived from it, or of one of several." => objects::isinstance;
    fn "issubclass(cls, class_or_tuple, /)" "Whether a class is another one, or derived from it, or from one of several." => objects::issubclass;
    fn "iter(object, sentinel=None, /)" "iter(iterable)\niter(function, sentinel)\n\nAn iterator over an iterable, or over what a function gives until it gives the sentinel." => sequences::iter;
    fn "len(obj, /)" "How many items there are." => sequences::len;
    fn "max(*args, key=None, default=None)" "max(iterable, *[, default, key])\nmax(arg1, arg2, *args, *[, key])\n\nThe greatest of the items or arguments, by their keys if a function is given for them." => sequences::max;
    fn "min(*args, key=None, default=None)" "min(iterable, *[, default, key])\nmin(arg1, arg2, *args, *[, key])\n\nThe smallest of the items or arguments, by their keys if a function is given for them." => sequences::min;
    fn "next(iterator, default=None, /)" "next(iterator[, default])\n\nThe next item of an iterator; behind the last one, the default if one is given." => sequences::next;
    fn "oct(number, /)" "The octal digits of an integer, behind 0o." => numbers::oct;
    fn "ord(c, /)" "The code point of a character." => text::ord;
    fn "pow(base, exp, mod=None)" "Equivalent to base**exp with 2 arguments or base**exp % mod with 3 arguments." => numbers::pow;
    fn "print(*args, sep=' ', end='\\n', file=None, flush=False)" "Write values to a file, standard output by default." => text::print;
    fn "quit(code=None, /)" "Leave the interpreter by raising SystemExit." => objects::exit;
    fn "repr(obj, /)" "A text for an object that tells what it is, and can often be evaluated to an equal one." => text::repr;
    fn "round(number, ndigits=None)" "Round to a number of digits behind the point, or before it if that is negative; without one, to an integer." => numbers::round;
    fn "setattr(obj, name, value, /)" "Set the attribute of this name: x.name = value." => objects::setattr;
    fn "sorted(iterable, /, *, key=None, reverse=False)" "A new list of the items in order, the smallest first." => sequences::sorted;
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
