//! The methods and attributes of arrays.

use super::{Array, ArrayBody, change, item, like, pickle};
use crate::modules::native::this;
use crate::object::{Def, Result, Value, arg};
use crate::protocol::{self, raise, type_error, value_error};
use crate::types::bytes::item::Kind;
use crate::types::{bytes, exception, int, sequence};

/// Appends bytes as they are.
pub(super) fn append_raw(a: &ArrayBody, v: &Value) -> Result<()> {
    let data = bytes::need(v)?.into_vec();
    if data.len() % a.item.size != 0 {
        return value_error("bytes length not a multiple of item size");
    }
    a.append_bytes(&data)
}

fn from_unicode(a: &[Value]) -> Result {
    let array = this::<ArrayBody>(&a[0]);
    let Some(text) = a[1].as_str() else {
        return type_error(format!("fromunicode() argument must be str, not {}", a[1].ty().name()));
    };
    if array.item.kind != Kind::Text {
        return value_error("fromunicode() may only be called on unicode type arrays");
    }
    array.append_bytes(&item::text_bytes(text))?;
    Ok(Value::NONE)
}

fn to_unicode(a: &[Value]) -> Result {
    let array = this::<ArrayBody>(&a[0]);
    if array.item.kind != Kind::Text {
        return value_error("tounicode() may only be called on unicode type arrays");
    }
    item::text_of(array)
}

fn from_file(a: &[Value]) -> Result {
    let array = this::<ArrayBody>(&a[0]);
    let n = protocol::index_i64(&a[2])?;
    let Ok(n) = usize::try_from(n) else { return value_error("negative count") };
    let Some(wanted) = n.checked_mul(array.item.size).filter(|&n| n <= isize::MAX as usize) else {
        return protocol::memory_error();
    };
    let data = protocol::call_method(&a[1], "read", &[int::from_usize(wanted)])?;
    let Some(read) = bytes::as_bytes(&data) else { return type_error("read() didn't return bytes") };
    append_raw(array, &data)?;
    match read.len() == wanted {
        true => Ok(Value::NONE),
        false => Err(raise(&exception::EOF_ERROR, "read() didn't return enough bytes")),
    }
}

fn to_file(a: &[Value]) -> Result {
    let data = this::<ArrayBody>(&a[0]).memory.data.borrow().clone();
    for block in data.chunks(64 * 1024) {
        protocol::call_method(&a[1], "write", &[bytes::from_slice(block)])?;
    }
    Ok(Value::NONE)
}

fn index(a: &[Value]) -> Result {
    let array = this::<ArrayBody>(&a[0]);
    let start = sequence::search_bound(arg(a, 2), array.len(), 0)?;
    let stop = sequence::search_bound(arg(a, 3), array.len(), usize::MAX)?;
    match sequence::position_of(&a[1], start, stop, |i| array.get(i))? {
        Some(i) => Ok(int::from_usize(i)),
        None => value_error("array.index(x): x not in array"),
    }
}

fn copy(a: &[Value]) -> Result {
    let array: &Array = this::<ArrayBody>(&a[0]);
    let data = array.memory.data.borrow().clone();
    Ok(like(array, data))
}

pub(super) static DEFS: &[Def] = crate::defs! {
    fn "append(v, /)" "Add an item at the end." => change::append;
    fn "buffer_info()" "Return a tuple (address, length) of the memory of the array." => |a| {
        let array = this::<ArrayBody>(&a[0]);
        let address = array.memory.data.borrow().as_ptr() as usize;
        Ok(Value::tuple(vec![int::from_usize(address), int::from_usize(array.len())]))
    };
    fn "byteswap()" "Reverse the order of the bytes of each item." => change::byteswap;
    fn "count(v, /)" "How often the value is among the items." => |a| {
        let array = this::<ArrayBody>(&a[0]);
        Ok(int::from_usize(sequence::count_of(&a[1], |i| array.get(i))?))
    };
    fn "extend(bb, /)" "Add the items of an iterable at the end." => |a| {
        change::extend(&a[0], &a[1], false)?;
        Ok(Value::NONE)
    };
    fn "fromfile(f, n, /)" "Add n items that are read from a file." => from_file;
    fn "fromlist(list, /)" "Add the items of a list." => change::from_list;
    fn "frombytes(buffer, /)" "Append the items whose bytes stand in the buffer." => |a| {
        append_raw(this::<ArrayBody>(&a[0]), &a[1])?;
        Ok(Value::NONE)
    };
    fn "fromunicode(ustr, /)" "Extend the array with data from a unicode string." => from_unicode;
    fn "index(v, start=0, stop=sys.maxsize, /)" "Where the value is first; ValueError if it is nowhere." => index;
    fn "insert(i, v, /)" "Put an item before the one at the index." => change::insert;
    fn "pop(i=-1, /)" "Remove the item at the index, the last one by default, and give it." => change::pop;
    fn "remove(v, /)" "Remove the first item equal to the value." => change::remove;
    fn "reverse()" "Turn the order of the items around." => change::reverse;
    fn "tobytes()" "Return the bytes of the items." => |a| Ok(bytes::from_slice(&this::<ArrayBody>(&a[0]).memory.data.borrow()));
    fn "tofile(f, /)" "Write all items to a file as they are in memory." => to_file;
    fn "tolist()" "The items as a list." => |a| Ok(Value::list(this::<ArrayBody>(&a[0]).to_list()));
    fn "tounicode()" "Convert an array of characters to a string." => to_unicode;
    fn "__copy__()" "A copy with the same items." => copy;
    fn "__deepcopy__(unused, /)" "A copy with the same items." => copy;
    fn "__reduce_ex__(value, /)" "How to make it again, for pickle and copy." => pickle::reduce;
    fn "__sizeof__()" "How many bytes it takes in memory." => |a| {
        Ok(int::from_usize(64 + this::<ArrayBody>(&a[0]).memory.data.borrow().capacity()))
    };
    get "itemsize()" "How many bytes an item takes." => |v| Ok(int::from_usize(this::<ArrayBody>(v).item.size));
    get "typecode()" "The character for the kind of items." => |v| Ok(Value::str(&(this::<ArrayBody>(v).typecode as char).to_string()));
};
