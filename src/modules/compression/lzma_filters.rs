//! The filters of `_lzma`: what a dictionary says, as the library wants it, and back.

use super::lzma::{check_code, error};
use crate::object::{Dict, Result, Value, intern};
use crate::protocol::{self, overflow_error, type_error, value_error};
use crate::types::{bytes, exception, int};
use liblzma_sys as l;
use std::ffi::c_void;

/// How many filters a chain may have.
const FILTERS_MAX: usize = 4;

/// Options of the delta filter, as the library lays them out.
#[repr(C)]
struct Delta {
    kind: u32,
    dist: u32,
    reserved: [u32; 4],
    reserved_pointers: [usize; 2],
}

/// Options of a filter, at an address where they stay.
enum Options {
    Lzma(Box<l::lzma_options_lzma>),
    Delta(Box<Delta>),
    Branches(Box<l::lzma_options_bcj>),
}

impl Options {
    fn pointer(&mut self) -> *mut c_void {
        match self {
            Options::Lzma(o) => (&raw mut **o).cast(),
            Options::Delta(o) => (&raw mut **o).cast(),
            Options::Branches(o) => (&raw mut **o).cast(),
        }
    }
}

/// A chain of filters.
pub struct Filters {
    /// What the library is given: the filters and an end mark.
    raw: Vec<l::lzma_filter>,
    /// What `raw` points to.
    _options: Vec<Options>,
}

impl Filters {
    /// The chain for the library, valid as long as this.
    pub fn raw(&self) -> *const l::lzma_filter {
        self.raw.as_ptr()
    }

    /// The options of the only filter, if it is LZMA1.
    pub fn only_lzma1(&self) -> Option<*const l::lzma_options_lzma> {
        match &self.raw[..] {
            [only, _] if only.id == l::LZMA_FILTER_LZMA1 => Some(only.options.cast_const().cast()),
            _ => None,
        }
    }
}

/// An integer of 64 bits without sign.
pub fn unsigned(v: &Value) -> Result<u64> {
    let n = protocol::index(v)?;
    match int::to_big(&n).map(|n| u64::try_from(&n)) {
        Some(Ok(n)) => Ok(n),
        _ if int::is_negative(&n) => overflow_error("can't convert negative int to unsigned"),
        _ => overflow_error("int too big to convert"),
    }
}

/// An integer of 32 bits without sign.
pub fn unsigned_32(v: &Value) -> Result<u32> {
    unsigned(v)?.try_into().or_else(|_| overflow_error("Value too large for uint32_t type"))
}

/// What a preset stands for.
pub fn preset(level: u32) -> Result<Box<l::lzma_options_lzma>> {
    // SAFETY: options are plain numbers and pointers, and the library fills them.
    let (failed, options) = unsafe {
        let mut options: Box<l::lzma_options_lzma> = Box::new(std::mem::zeroed());
        (l::lzma_lzma_preset(&mut *options, level), options)
    };
    match failed {
        0 => Ok(options),
        _ => error(format!("Invalid compression preset: {level}")),
    }
}

/// Reads a chain: a sequence of dictionaries.
pub fn chain(v: &Value) -> Result<Filters> {
    if v.cast::<Dict>().is_some() {
        return type_error(format!("{} is not a sequence", v.ty().name()));
    }
    let n = protocol::len(v)?;
    if n > FILTERS_MAX {
        return value_error(format!("Too many filters - liblzma supports a maximum of {FILTERS_MAX}"));
    }
    let (mut raw, mut kept) = (Vec::new(), Vec::new());
    for i in 0..n {
        let (id, mut options) = filter(&protocol::get_item(v, &int::from_usize(i))?)?;
        raw.push(l::lzma_filter { id, options: options.pointer() });
        kept.push(options);
    }
    raw.push(l::lzma_filter { id: l::LZMA_VLI_UNKNOWN, options: std::ptr::null_mut() });
    Ok(Filters { raw, _options: kept })
}

/// Reads one filter: its number and its options.
fn filter(spec: &Value) -> Result<(u64, Options)> {
    if spec.cast::<Dict>().is_none() && spec.ty().slots().get_item.is_none() {
        return type_error("Filter specifier must be a dict or dict-like object");
    }
    let id = match protocol::get_item(spec, &intern("id")) {
        Ok(id) => unsigned(&id)?,
        Err(e) if e.0.ty().is_subtype(&exception::KEY_ERROR) => {
            return value_error("Filter specifier must have an \"id\" entry");
        }
        Err(e) => return Err(e),
    };
    let options = match id {
        l::LZMA_FILTER_LZMA1 | l::LZMA_FILTER_LZMA2 => lzma(spec)?,
        l::LZMA_FILTER_DELTA => {
            let [dist] = numbers(spec, ["dist"], "delta")?;
            let dist = dist.unwrap_or(1);
            Options::Delta(Box::new(Delta { kind: 0, dist, reserved: [0; 4], reserved_pointers: [0; 2] }))
        }
        l::LZMA_FILTER_X86..=l::LZMA_FILTER_SPARC => {
            let [start] = numbers(spec, ["start_offset"], "BCJ")?;
            Options::Branches(Box::new(l::lzma_options_bcj { start_offset: start.unwrap_or(0) }))
        }
        _ => return value_error(format!("Invalid filter ID: {id}")),
    };
    Ok((id, options))
}

/// The numbers of a filter under their names, besides `id` and, for LZMA, `preset`.
fn numbers<const N: usize>(spec: &Value, names: [&str; N], kind: &str) -> Result<[Option<u32>; N]> {
    let mut found = [None; N];
    for key in protocol::collect(spec)? {
        let name = key.as_str().unwrap_or_default();
        match names.iter().position(|n| *n == name) {
            Some(i) => found[i] = Some(unsigned_32(&protocol::get_item(spec, &key)?)?),
            None if name == "id" || name == "preset" && kind == "LZMA" => {}
            None => return value_error(format!("Invalid filter specifier for {kind} filter")),
        }
    }
    Ok(found)
}

fn lzma(spec: &Value) -> Result<Options> {
    let level = match protocol::get_item(spec, &intern("preset")) {
        Ok(level) => unsigned_32(&level)?,
        Err(e) if e.0.ty().is_subtype(&exception::KEY_ERROR) => l::LZMA_PRESET_DEFAULT,
        Err(e) => return Err(e),
    };
    let mut o = preset(level)?;
    let names = ["dict_size", "lc", "lp", "pb", "mode", "nice_len", "mf", "depth"];
    let given = numbers(spec, names, "LZMA")?;
    let places = [
        &mut o.dict_size,
        &mut o.lc,
        &mut o.lp,
        &mut o.pb,
        &mut o.mode,
        &mut o.nice_len,
        &mut o.mf,
        &mut o.depth,
    ];
    for (place, number) in places.into_iter().zip(given) {
        if let Some(number) = number {
            *place = number;
        }
    }
    Ok(Options::Lzma(o))
}

/// `_encode_filter_properties(filter, /)`
pub fn encode_properties(a: &[Value]) -> Result {
    let (id, mut options) = filter(&a[0])?;
    let raw = l::lzma_filter { id, options: options.pointer() };
    let mut size = 0;
    // SAFETY: the filter's options are of its kind, and the room is as large as the library asks.
    unsafe {
        check_code(l::lzma_properties_size(&mut size, &raw))?;
        let mut out = vec![0; size as usize];
        check_code(l::lzma_properties_encode(&raw, out.as_mut_ptr()))?;
        Ok(bytes::from_vec(out))
    }
}

/// `_decode_filter_properties(filter_id, encoded_props, /)`
pub fn decode_properties(a: &[Value]) -> Result {
    let id = unsigned(&a[0])?;
    let properties = bytes::need(&a[1])?;
    let mut raw = l::lzma_filter { id, options: std::ptr::null_mut() };
    // SAFETY: so many bytes are there; the library allocates the options.
    check_code(unsafe {
        l::lzma_properties_decode(&mut raw, std::ptr::null(), properties.as_ptr(), properties.len())
    })?;
    let mut fields = vec![("id", id)];
    // SAFETY: the options are of the filter's kind; a null pointer stands for the defaults.
    unsafe {
        match id {
            l::LZMA_FILTER_LZMA1 | l::LZMA_FILTER_LZMA2 => {
                if let Some(o) = raw.options.cast::<l::lzma_options_lzma>().as_ref() {
                    if id == l::LZMA_FILTER_LZMA1 {
                        fields.extend([("lc", o.lc.into()), ("lp", o.lp.into()), ("pb", o.pb.into())]);
                    }
                    fields.push(("dict_size", o.dict_size.into()));
                }
            }
            l::LZMA_FILTER_DELTA => {
                fields.extend(raw.options.cast::<Delta>().as_ref().map(|o| ("dist", o.dist.into())));
            }
            _ => {
                let options = raw.options.cast::<l::lzma_options_bcj>().as_ref();
                fields.extend(options.map(|o| ("start_offset", o.start_offset.into())));
            }
        }
        libc::free(raw.options);
    }
    let dict = Dict::new();
    for (name, number) in fields {
        protocol::set_item(&dict, &intern(name), int::from_u64(number))?;
    }
    Ok(dict)
}
