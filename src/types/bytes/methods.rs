//! The tables of methods: those that `bytes` and `bytearray` share, and those of one alone.

use super::{BYTEARRAY, BYTES, build, change, find, layout, me, split, text};
use crate::object::{Def, Value};
use crate::types::{int, search, str};

macro_rules! methods {
    ($home:ident; $($own:tt)*) => {
        crate::defs! {
            fn "capitalize()" "The bytes with the first in upper case and the rest in lower case." => layout::capitalize;
            fn "center(width, fillchar=b' ', /)" "The bytes centred in a field of this width." => |a| layout::justify(a, "center", str::centre);
            fn "count(sub[, start[, end]])" "How often a part occurs, without overlaps." => find::count;
            fn "decode(encoding='utf-8', errors='strict')" "The text that the bytes encode." => text::decode;
            fn "endswith(suffix[, start[, end]])" "Whether the bytes end with the suffix, or one of a tuple." => |a| find::affix(a, "endswith", |d, x| d.ends_with(x));
            fn "expandtabs(tabsize=8)" "The bytes with tabs replaced by spaces." => layout::expand_tabs;
            fn "find(sub[, start[, end]])" "The lowest index of a part, or -1." => find::find;
            class "fromhex(string, /)" "The bytes that hexadecimal digits stand for." => |a| build::from_hex(a, &$home);
            fn "hex(sep=<unrepresentable>, bytes_per_sep=1)" "Hexadecimal digits of the bytes, perhaps in groups." => text::hex;
            fn "index(sub[, start[, end]])" "The lowest index of a part; ValueError if there is none." => find::index;
            fn "isalnum()" "Whether all bytes are letters or digits, and there is one." => |a| layout::all(a, u8::is_ascii_alphanumeric);
            fn "isalpha()" "Whether all bytes are letters, and there is one." => |a| layout::all(a, u8::is_ascii_alphabetic);
            fn "isascii()" "Whether all bytes are ASCII." => |a| Ok(Value::bool(me(&a[0]).is_ascii()));
            fn "isdigit()" "Whether all bytes are digits, and there is one." => |a| layout::all(a, u8::is_ascii_digit);
            fn "islower()" "Whether the letters are lower case, and there is one." => |a| layout::only_case(a, u8::is_ascii_lowercase, u8::is_ascii_uppercase);
            fn "isspace()" "Whether all bytes are whitespace, and there is one." => layout::all_spaces;
            fn "istitle()" "Whether each word starts in upper case and goes on in lower case, and there is one." => layout::is_title;
            fn "isupper()" "Whether the letters are upper case, and there is one." => |a| layout::only_case(a, u8::is_ascii_uppercase, u8::is_ascii_lowercase);
            fn "join(iterable_of_bytes, /)" "The parts of an iterable with these bytes between them." => split::join;
            fn "ljust(width, fillchar=b' ', /)" "The bytes at the left of a field of this width." => |a| layout::justify(a, "ljust", |_, _| 0);
            fn "lower()" "The bytes in lower case." => |a| layout::map(a, |b| b.to_ascii_lowercase());
            fn "lstrip(bytes=None, /)" "The bytes without whitespace, or these bytes, at the start." => |a| layout::strip(a, true, false);
            static_ "maketrans(frm, to, /)" "A table for translate()." => layout::maketrans;
            fn "partition(sep, /)" "What stands before the first separator, the separator, and what follows." => |a| find::partition(a, search::find, false);
            fn "removeprefix(prefix, /)" "The bytes without this prefix." => find::remove_prefix;
            fn "removesuffix(suffix, /)" "The bytes without this suffix." => find::remove_suffix;
            fn "replace(old, new, count=-1, /)" "The bytes with one part replaced by another." => find::replace;
            fn "rfind(sub[, start[, end]])" "The highest index of a part, or -1." => find::rfind;
            fn "rindex(sub[, start[, end]])" "The highest index of a part; ValueError if there is none." => find::rindex;
            fn "rjust(width, fillchar=b' ', /)" "The bytes at the right of a field of this width." => |a| layout::justify(a, "rjust", |missing, _| missing);
            fn "rpartition(sep, /)" "What stands before the last separator, the separator, and what follows." => |a| find::partition(a, search::rfind, true);
            fn "rsplit(sep=None, maxsplit=-1)" "The parts between separators, counted from the end." => split::rsplit;
            fn "rstrip(bytes=None, /)" "The bytes without whitespace, or these bytes, at the end." => |a| layout::strip(a, false, true);
            fn "split(sep=None, maxsplit=-1)" "The parts between separators." => split::split;
            fn "splitlines(keepends=False)" "The lines." => split::splitlines;
            fn "startswith(prefix[, start[, end]])" "Whether the bytes start with the prefix, or one of a tuple." => |a| find::affix(a, "startswith", |d, x| d.starts_with(x));
            fn "strip(bytes=None, /)" "The bytes without whitespace, or these bytes, at the ends." => |a| layout::strip(a, true, true);
            fn "swapcase()" "The bytes with upper and lower case exchanged." => |a| layout::map(a, layout::swap_case);
            fn "title()" "The bytes with each word in title case." => layout::title;
            fn "translate(table, /, delete=b'')" "The bytes replaced as a table of 256 says, some left out." => layout::translate;
            fn "upper()" "The bytes in upper case." => |a| layout::map(a, |b| b.to_ascii_uppercase());
            fn "zfill(width, /)" "The bytes with zeros in front, after the sign, up to this width." => layout::zfill;
            $($own)*
        }
    };
}

pub(super) const BYTES_METHODS: &[Def] = methods! { BYTES;
    fn "__bytes__()" "The object as exact bytes." => text::exact;
    fn "__getnewargs__()" "The arguments that make a copy." => |a| Ok(Value::tuple(vec![super::from_slice(&me(&a[0]))]));
    fn "__sizeof__()" "Size in memory, in bytes." => |a| Ok(int::from_usize(33 + me(&a[0]).len()));
};

pub(super) const ARRAY_METHODS: &[Def] = methods! { BYTEARRAY;
    fn "append(item, /)" "Adds a byte at the end." => change::append;
    fn "clear()" "Removes all bytes." => change::clear;
    fn "copy()" "A copy." => |a| Ok(super::array::new(&BYTEARRAY, me(&a[0]).to_vec()));
    fn "extend(iterable_of_ints, /)" "Adds bytes at the end." => change::extend;
    fn "insert(index, item, /)" "Adds a byte before an index." => change::insert;
    fn "pop(index=-1, /)" "Removes the byte at an index and returns it; IndexError if there is none." => change::pop;
    fn "remove(value, /)" "Removes the first such byte; ValueError if there is none." => change::remove;
    fn "reverse()" "Reverses the order of the bytes in place." => change::reverse;
    fn "__alloc__()" "How many bytes are allocated." => change::allocated;
    fn "__reduce__()" "How to make a copy." => change::reduce;
    fn "__sizeof__()" "Size in memory, in bytes." => change::size_of;
};
