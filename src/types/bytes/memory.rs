//! `memoryview`: a window on the bytes of another object, one-dimensional.

use super::{Buffer, ByteArray, as_bytes};
use crate::object::{Boxed, Compare, Layout, Result, Slots, Type, Value};
use crate::protocol::{self, index_error, type_error, value_error};
use crate::types::{float, int, slice};
use std::cell::Cell;

/// The fields of a view.
pub struct ViewBody {
    /// A `bytes` or `bytearray`.
    object: Value,
    /// The first byte.
    start: usize,
    /// How many items.
    count: usize,
    /// From one item to the next, in items.
    step: i64,
    format: Format,
    released: Cell<bool>,
}

impl crate::object::Body for ViewBody {
    const TRACKED: bool = true;
    fn trace(&self, tracer: &mut crate::object::Tracer) {
        crate::object::Trace::trace(&self.object, tracer);
    }
}

impl crate::object::BodyLayout for ViewBody {
    const LAYOUT: Layout = Layout::MemoryView;
}

impl Drop for ViewBody {
    fn drop(&mut self) {
        self.release();
    }
}

type View = Boxed<ViewBody>;

/// What an item is: a letter of `struct`.
#[derive(Clone, Copy, PartialEq)]
struct Format(u8);

impl Format {
    fn size(self) -> usize {
        match self.0 {
            b'h' | b'H' => 2,
            b'i' | b'I' | b'f' => 4,
            b'l' | b'L' | b'q' | b'Q' | b'd' | b'n' | b'N' => 8,
            _ => 1,
        }
    }

    fn read(self, b: &[u8]) -> Value {
        let wide = |sign: bool| {
            let fill = if sign && b.last().is_some_and(|b| b & 0x80 != 0) { 0xff } else { 0 };
            let mut all = [fill; 8];
            all[..b.len()].copy_from_slice(b);
            i64::from_le_bytes(all)
        };
        match self.0 {
            b'c' => super::from_slice(b),
            b'?' => Value::bool(b[0] != 0),
            b'f' => float::from_f64(b.try_into().map_or(0.0, f32::from_le_bytes) as f64),
            b'd' => float::from_f64(b.try_into().map_or(0.0, f64::from_le_bytes)),
            b'L' | b'Q' | b'N' => int::from_big((wide(false) as u64).into()),
            b'b' | b'h' | b'i' | b'l' | b'q' | b'n' => int::from_i64(wide(true)),
            _ => int::from_i64(wide(false)),
        }
    }

    fn write(self, v: &Value) -> Result<Vec<u8>> {
        let letter = self.0 as char;
        let wrong = || type_error(format!("memoryview: invalid type for format '{letter}'"));
        let range = || value_error(format!("memoryview: invalid value for format '{letter}'"));
        Ok(match self.0 {
            b'c' => match as_bytes(v) {
                Some(b) if b.len() == 1 => b.to_vec(),
                Some(_) => return range(),
                None => return wrong(),
            },
            b'?' => vec![protocol::truth(v)? as u8],
            b'f' | b'd' => {
                let Some(x) = float::to_f64(v) else { return wrong() };
                if self.0 == b'f' { (x as f32).to_le_bytes().to_vec() } else { x.to_le_bytes().to_vec() }
            }
            _ => {
                if v.ty().slots().index.is_none() {
                    return wrong();
                }
                let n = int::to_big(&protocol::index(v)?).unwrap_or_default();
                let signed = self.0.is_ascii_lowercase();
                let bits = self.size() as u32 * 8;
                let n = match i128::try_from(n) {
                    Ok(n) => n,
                    Err(_) => return range(),
                };
                let (low, high) = if signed {
                    (-(1i128 << (bits - 1)), (1 << (bits - 1)) - 1)
                } else {
                    (0, (1i128 << bits) - 1)
                };
                if n < low || n > high {
                    return range();
                }
                n.to_le_bytes()[..self.size()].to_vec()
            }
        })
    }
}

impl ViewBody {
    fn release(&self) {
        if !self.released.replace(true)
            && let Some(a) = self.object.cast::<ByteArray>()
        {
            a.exports.set(a.exports.get().saturating_sub(1));
        }
    }

    fn place(&self, i: usize) -> usize {
        (self.start as i64 + i as i64 * self.step * self.format.size() as i64) as usize
    }

    /// The bytes of all items.
    fn bytes(&self) -> Vec<u8> {
        let size = self.format.size();
        let Some(all) = super::buffer(&self.object) else { return Vec::new() };
        if self.step == 1 {
            return all[self.start..self.start + self.count * size].to_vec();
        }
        (0..self.count).flat_map(|i| all[self.place(i)..self.place(i) + size].to_vec()).collect()
    }

    fn item(&self, i: usize) -> Value {
        let at = self.place(i);
        super::buffer(&self.object)
            .map_or(Value::NONE, |all| self.format.read(&all[at..at + self.format.size()]))
    }

    fn readonly(&self) -> bool {
        self.object.cast::<ByteArray>().is_none()
    }
}

fn raw(v: &Value) -> &ViewBody {
    v.cast::<View>().expect("slots are only called on their own type")
}

fn view(v: &Value) -> Result<&ViewBody> {
    let b = raw(v);
    if b.released.get() { released() } else { Ok(b) }
}

/// Whether it is a view that has been released.
pub(super) fn is_released(v: &Value) -> bool {
    v.cast::<View>().is_some_and(|b| b.released.get())
}

/// The error of a released view.
pub(super) fn released<T>() -> Result<T> {
    value_error("operation forbidden on released memoryview object")
}

/// The content of a view, if it is one and has not been released.
pub(super) fn content(v: &Value) -> Option<Buffer<'_>> {
    let b = v.cast::<View>().filter(|b| !b.released.get())?;
    Some(Buffer::Owned(b.bytes()))
}

fn make(object: Value, start: usize, count: usize, step: i64, format: Format) -> Value {
    if let Some(a) = object.cast::<ByteArray>() {
        a.exports.set(a.exports.get() + 1);
    }
    Value::new(&MEMORYVIEW, ViewBody { object, start, count, step, format, released: Cell::new(false) })
}

/// A view of a bytes-like object.
pub fn over(v: &Value) -> Result {
    if v.cast::<View>().is_some() {
        let b = view(v)?;
        return Ok(make(b.object.clone(), b.start, b.count, b.step, b.format));
    }
    match super::buffer(v).map(|b| b.len()) {
        Some(n) => Ok(make(v.clone(), 0, n, 1, Format(b'B'))),
        None => type_error(format!("memoryview: a bytes-like object is required, not '{}'", v.ty().name())),
    }
}

fn cast(a: &[Value]) -> Result {
    let b = view(&a[0])?;
    let Some(text) = a[1].as_str() else {
        return type_error(format!(
            "memoryview.cast() argument 'format' must be str, not {}",
            a[1].ty().name()
        ));
    };
    let letters = text.strip_prefix('@').unwrap_or(text).as_bytes();
    let [letter] = letters[..] else {
        return value_error(
            "memoryview: destination format must be a native single character format prefixed with an optional '@'",
        );
    };
    if !b"bBchHiIlLqQnNfd?".contains(&letter) {
        return value_error(
            "memoryview: destination format must be a native single character format prefixed with an optional '@'",
        );
    }
    if b.step != 1 {
        return type_error("memoryview: casts are restricted to C-contiguous views");
    }
    let byte = |f: Format| matches!(f.0, b'B' | b'b' | b'c');
    if !byte(b.format) && !byte(Format(letter)) {
        return type_error("memoryview: cannot cast between two non-byte formats");
    }
    let total = b.count * b.format.size();
    if total % Format(letter).size() != 0 {
        return type_error("memoryview: length is not a multiple of itemsize");
    }
    Ok(make(b.object.clone(), b.start, total / Format(letter).size(), 1, Format(letter)))
}

fn get_item(v: &Value, key: &Value) -> Result {
    let b = view(v)?;
    if let Some(i) = slice::indices(key, b.count)? {
        let start = if i.count == 0 { b.start } else { b.place(i.start as usize) };
        return Ok(make(b.object.clone(), start, i.count, b.step * i.step, b.format));
    }
    if key.ty().slots().index.is_none() {
        return type_error("memoryview: invalid slice key");
    }
    match slice::position(key, b.count, "memoryview")? {
        Some(i) => Ok(b.item(i)),
        None => index_error("index out of bounds on dimension 1"),
    }
}

fn set_item(v: &Value, key: &Value, value: Option<Value>) -> Result<()> {
    let b = view(v)?;
    if b.readonly() {
        return type_error("cannot modify read-only memory");
    }
    let Some(value) = value else { return type_error("cannot delete memory") };
    let (places, data) = if let Some(i) = slice::indices(key, b.count)? {
        let Some(data) = super::copy_of(&value) else {
            return type_error(format!("a bytes-like object is required, not '{}'", value.ty().name()));
        };
        if data.len() != i.count * b.format.size() {
            return value_error("memoryview assignment: lvalue and rvalue have different structures");
        }
        (i.iter().map(|n| b.place(n)).collect::<Vec<_>>(), data)
    } else {
        match slice::position(key, b.count, "memoryview")? {
            Some(i) => (vec![b.place(i)], b.format.write(&value)?),
            None => return index_error("index out of bounds on dimension 1"),
        }
    };
    if let Some(array) = b.object.cast::<ByteArray>() {
        let mut all = array.data.borrow_mut();
        for (at, piece) in places.into_iter().zip(data.chunks(b.format.size())) {
            all[at..at + piece.len()].copy_from_slice(piece);
        }
    }
    Ok(())
}

fn items(v: &Value) -> Result<Vec<Value>> {
    let b = view(v)?;
    Ok((0..b.count).map(|i| b.item(i)).collect())
}

/// The type `memoryview`.
pub static MEMORYVIEW: Type = Type::builtin::<View>("memoryview", Layout::MemoryView, "Create a new memoryview object which references the given object.", crate::defs! {
    fn "tobytes(order='C')" "Return the data in the buffer as a byte string." => |a| Ok(super::from_vec(view(&a[0])?.bytes()));
    fn "tolist()" "Return the data in the buffer as a list of elements." => |a| Ok(Value::list(items(&a[0])?));
    fn "hex(sep='', bytes_per_sep=1)" "Return the data in the buffer as a str of hexadecimal numbers." => |a| {
        let data = super::from_vec(view(&a[0])?.bytes());
        let given: Vec<Value> = a[1..].iter().take_while(|x| !x.is_unbound()).cloned().collect();
        protocol::call_method(&data, "hex", &given)
    };
    fn "release()" "Release the underlying buffer exposed by the memoryview object." => |a| {
        raw(&a[0]).release();
        Ok(Value::NONE)
    };
    fn "cast(format, shape=None)" "Cast a memoryview to a new format." => cast;
    fn "toreadonly()" "Return a readonly version of the memoryview." => |a| {
        let b = view(&a[0])?;
        Ok(make(super::from_vec(b.bytes()), 0, b.count, 1, b.format))
    };
    fn "__enter__()" "" => |a| view(&a[0]).map(|_| a[0].clone());
    fn "__exit__(*args)" "" => |a| {
        raw(&a[0]).release();
        Ok(Value::NONE)
    };
    get "obj()" "The underlying object of the memoryview." => |v| Ok(view(v)?.object.clone());
    get "nbytes()" "The amount of space in bytes that the array would use." => |v| view(v).map(|b| int::from_usize(b.count * b.format.size()));
    get "readonly()" "Whether the memory is read only." => |v| Ok(Value::bool(view(v)?.readonly()));
    get "format()" "What an item is." => |v| Ok(Value::str(&(view(v)?.format.0 as char).to_string()));
    get "itemsize()" "The size of an item in bytes." => |v| Ok(int::from_usize(view(v)?.format.size()));
    get "ndim()" "The number of dimensions." => |v| view(v).map(|_| Value::small(1));
    get "shape()" "The length of each dimension." => |v| Ok(Value::tuple(vec![int::from_usize(view(v)?.count)]));
    get "strides()" "From one item to the next in bytes." => |v| view(v).map(|b| Value::tuple(vec![int::from_i64(b.step * b.format.size() as i64)]));
    get "contiguous()" "Whether the memory is contiguous." => |v| Ok(Value::bool(view(v)?.step == 1));
    get "c_contiguous()" "Whether the memory is contiguous." => |v| Ok(Value::bool(view(v)?.step == 1));
    get "f_contiguous()" "Whether the memory is contiguous." => |v| Ok(Value::bool(view(v)?.step == 1));
})
.with_weakrefs()
.with_slots(Slots {
    new: Some(|_, args, names| {
        let bound = protocol::bind_args("memoryview", "(object)", args, names)?;
        over(&bound[0])
    }),
    init: Some(|_, _, _| Ok(())),
    len: Some(|v| Ok(view(v)?.count)),
    get_item: Some(get_item),
    set_item: Some(set_item),
    contains: Some(|v, x| {
        for item in items(v)? {
            if protocol::equal(&item, x)? {
                return Ok(true);
            }
        }
        Ok(false)
    }),
    iter: Some(|v| protocol::iter(&Value::list(items(v)?))),
    repr: Some(|v| {
        let state = if raw(v).released.get() { "released memory" } else { "memory" };
        Ok(Value::str(&format!("<{state} at {:#x}>", v.id())))
    }),
    hash: Some(|v| {
        if !view(v)?.readonly() {
            return value_error("cannot hash writable memoryview object");
        }
        protocol::hash(&super::from_vec(view(v)?.bytes()))
    }),
    compare: Some(|a, b, op| {
        let (Compare::Eq | Compare::Ne) = op else { return Ok(Value::NOT_IMPLEMENTED) };
        if a.is(b) {
            return Ok(Value::bool(op == Compare::Eq));
        }
        if is_released(a) || is_released(b) {
            return Ok(Value::bool(op == Compare::Ne));
        }
        let same = match b.cast::<View>() {
            Some(_) => {
                let (x, y) = (items(a)?, items(b)?);
                let mut same = x.len() == y.len();
                for (p, q) in x.iter().zip(&y) {
                    same = same && protocol::equal(p, q)?;
                }
                same
            }
            None => match super::buffer(b) {
                Some(data) => raw(a).bytes() == data[..],
                None => return Ok(Value::NOT_IMPLEMENTED),
            },
        };
        Ok(Value::bool(same == (op == Compare::Eq)))
    }),
    ..Slots::EMPTY
});
