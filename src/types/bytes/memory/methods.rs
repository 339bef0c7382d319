//! The methods and attributes of `memoryview`.

use super::{Dim, ViewBody, Window, again, raw, view};
use crate::object::{Def, List, Result, Value, arg};
use crate::protocol::{self, type_error, value_error};
use crate::types::bytes::{from_vec, item::Item};
use crate::types::int;

/// The largest number of dimensions.
const MAX_DIMS: usize = 64;

fn to_bytes(a: &[Value]) -> Result {
    let b = view(&a[0])?;
    let order = match arg(a, 1).as_bound().filter(|o| !o.is_none()) {
        None => "C",
        Some(o) => match o.as_str() {
            Some(text) => text,
            None => {
                let ty = o.ty().name();
                return type_error(format!("tobytes() argument 'order' must be str or None, not {ty}"));
            }
        },
    };
    let fortran = match order {
        "C" => false,
        "F" => true,
        "A" => !b.window.is_contiguous(false) && b.window.is_contiguous(true),
        _ => return value_error("order must be 'C', 'F' or 'A'"),
    };
    if !fortran || b.window.dims.len() < 2 {
        return Ok(from_vec(b.bytes()));
    }
    // The first dimension runs fastest: the same as the other order of the dimensions reversed.
    let mut window = b.window.clone();
    window.dims.reverse();
    Ok(from_vec(b.with_all(|all| window.gather(all))))
}

/// The items as lists of lists, one level for each dimension.
fn to_list(b: &ViewBody) -> Result {
    fn nested(dims: &[Dim], items: &mut std::vec::IntoIter<Value>) -> Value {
        match dims {
            [] => items.next().unwrap_or(Value::NONE),
            [first, rest @ ..] => Value::list((0..first.len).map(|_| nested(rest, items)).collect()),
        }
    }
    Ok(nested(&b.window.dims, &mut b.items()?.into_iter()))
}

/// The item that a format of one letter means, and whether it has a prefix.
fn format_of(text: &str) -> Result<(Item, bool)> {
    let (letters, at) = text.strip_prefix('@').map_or((text, false), |rest| (rest, true));
    match letters.as_bytes() {
        &[letter] if !matches!(letter, b'e' | b'w') => Item::native(letter),
        _ => None,
    }
    .map_or_else(
        || {
            value_error(
                "memoryview: destination format must be a native single character format prefixed with an optional '@'",
            )
        },
        |item| Ok((item, at)),
    )
}

/// The lengths that the argument `shape` gives.
fn shape_of(shape: &Value) -> Result<Vec<usize>> {
    if shape.cast::<List>().is_none() && shape.as_tuple().is_none() {
        return type_error("shape must be a list or a tuple");
    }
    let given = protocol::collect(shape)?;
    if given.len() > MAX_DIMS {
        return value_error(format!("memoryview: number of dimensions must not exceed {MAX_DIMS}"));
    }
    let mut lens = Vec::with_capacity(given.len());
    let mut product = 1usize;
    for n in &given {
        if int::view(n).is_none() {
            return type_error("memoryview.cast(): elements of shape must be integers");
        }
        let Some(n) = int::to_i64(n) else {
            return protocol::overflow_error("Python int too large to convert to C ssize_t");
        };
        if n <= 0 {
            return value_error("memoryview.cast(): elements of shape must be integers > 0");
        }
        product = match product.checked_mul(n as usize).filter(|&p| p <= isize::MAX as usize) {
            Some(p) => p,
            None => return value_error("memoryview.cast(): product(shape) > SSIZE_MAX"),
        };
        lens.push(n as usize);
    }
    Ok(lens)
}

fn cast(a: &[Value]) -> Result {
    let b = view(&a[0])?;
    let Some(text) = a[1].as_str() else {
        return type_error(format!("cast() argument 'format' must be str, not {}", a[1].ty().name()));
    };
    let shape = arg(a, 2).as_bound().filter(|s| !s.is_none());
    if !b.window.is_contiguous(false) {
        return type_error("memoryview: casts are restricted to C-contiguous views");
    }
    let lens = match shape {
        Some(shape) => {
            if b.window.dims.len() != 1 {
                let lens = shape_of(shape)?;
                if lens.len() != 1 {
                    return type_error("memoryview: cast must be 1D -> ND or ND -> 1D");
                }
            }
            Some(shape_of(shape)?)
        }
        None => None,
    };
    let (item, at) = format_of(text)?;
    let byte = |i: Item| matches!(i.letter, b'B' | b'b' | b'c');
    if !byte(b.window.item) && !byte(item) {
        return type_error("memoryview: cannot cast between two non-byte formats");
    }
    let total = b.window.nbytes();
    if total % item.size != 0 {
        return type_error("memoryview: length is not a multiple of itemsize");
    }
    let lens = lens.unwrap_or_else(|| vec![total / item.size]);
    if lens.iter().product::<usize>().checked_mul(item.size) != Some(total) {
        return type_error("memoryview: product(shape) * itemsize != buffer size");
    }
    let mut stride = item.size as i64;
    let mut dims: Vec<Dim> = Vec::with_capacity(lens.len());
    for &len in lens.iter().rev() {
        dims.push(Dim { len, stride });
        stride *= len as i64;
    }
    dims.reverse();
    let window = Window { dims: dims.into(), item, at, ..b.window.clone() };
    Ok(again(b, window))
}

fn dims(v: &Value, f: fn(&Dim) -> Value) -> Result {
    Ok(Value::tuple(view(v)?.window.dims.iter().map(f).collect()))
}

fn contiguous(v: &Value, c: bool, fortran: bool) -> Result {
    let w = &view(v)?.window;
    Ok(Value::bool((c && w.is_contiguous(false)) || (fortran && w.is_contiguous(true))))
}

pub(super) static DEFS: &[Def] = crate::defs! {
    fn "tobytes(order='C')" "The bytes as an object of their own." => to_bytes;
    fn "tolist()" "The items as a list." => |a| to_list(view(&a[0])?);
    fn "hex(sep=<unrepresentable>, bytes_per_sep=1)" "The bytes as hexadecimal digits." => |a| {
        let data = from_vec(view(&a[0])?.bytes());
        let given: Vec<Value> = a[1..].iter().take_while(|x| !x.is_unbound()).cloned().collect();
        protocol::call_method(&data, "hex", &given)
    };
    fn "release()" "Let go of the memory." => |a| {
        raw(&a[0]).release();
        Ok(Value::NONE)
    };
    fn "cast(format, shape=<unrepresentable>)" "The same memory as items of another format, or of another shape." => cast;
    fn "toreadonly()" "A view of the same memory that cannot be written to." => |a| {
        let b = view(&a[0])?;
        Ok(again(b, Window { readonly: true, ..b.window.clone() }))
    };
    fn "__enter__()" "" => |a| view(&a[0]).map(|_| a[0].clone());
    fn "__exit__(*args)" "" => |a| {
        raw(&a[0]).release();
        Ok(Value::NONE)
    };
    fn "__reduce_ex__(protocol, /)" "" => |a| match protocol::index_i64(&a[1])? {
        ..2 => type_error("cannot pickle 'memoryview' object"),
        _ => type_error("cannot pickle memoryview objects"),
    };
    get "obj()" "The object whose memory it is." => |v| Ok(view(v)?.object.borrow().clone());
    get "nbytes()" "How many bytes the items take." => |v| view(v).map(|b| int::from_usize(b.window.nbytes()));
    get "readonly()" "Whether the memory cannot be written to." => |v| Ok(Value::bool(view(v)?.window.readonly));
    get "format()" "The format of each item, a letter of struct." => |v| {
        let w = &view(v)?.window;
        Ok(Value::str(&format!("{}{}", if w.at { "@" } else { "" }, w.item.letter as char)))
    };
    get "itemsize()" "The size in bytes of each item." => |v| Ok(int::from_usize(view(v)?.window.item.size));
    get "ndim()" "How many dimensions there are." => |v| view(v).map(|b| int::from_usize(b.window.dims.len()));
    get "shape()" "A tuple of the length of each dimension." => |v| dims(v, |d| int::from_usize(d.len));
    get "strides()" "A tuple of the size in bytes from one entry of each dimension to the next." => |v| dims(v, |d| int::from_i64(d.stride));
    get "suboffsets()" "An empty tuple: no item stands behind a pointer." => |v| view(v).map(|_| Value::tuple(Vec::new()));
    get "contiguous()" "Whether the memory is contiguous." => |v| contiguous(v, true, true);
    get "c_contiguous()" "Whether the memory is contiguous in the order of C." => |v| contiguous(v, true, false);
    get "f_contiguous()" "Whether the memory is contiguous in the order of Fortran." => |v| contiguous(v, false, true);
};
