//! Reading: a stack, marks on it, a memo, and one step for each opcode.

use super::codes::*;
use super::source::Source;
use super::unpickling_error as fail;
use super::{build, text};
use crate::object::{Dict, List, Result, Value, intern, intern_static, intern_value};
use crate::protocol::{self, call, get_attr, raise, value_error};
use crate::types::{bytes, exception, float, int, list, set};
use crate::vm::import::{import_absolute, imported_name};
use num_bigint::BigInt;
use std::cell::Cell;

/// What a program has to say about how objects are read.
pub struct Hooks {
    /// `find_class`
    pub find_class: Option<Value>,
    /// `persistent_load`
    pub persistent_load: Option<Value>,
    /// An iterator over buffers that are not in the pickle.
    pub buffers: Option<Value>,
    /// How text of Python 2 is decoded.
    pub encoding: String,
    /// What is done about text that cannot be.
    pub errors: String,
    /// Names of Python 2 stand for those of today.
    pub fix_imports: bool,
}

/// A pickle that is being read.
pub struct Reader<'a> {
    source: &'a mut Source,
    /// What PUT and MEMOIZE have kept.
    pub memo: Vec<Option<Value>>,
    hooks: &'a Hooks,
    stack: Vec<Value>,
    marks: Vec<usize>,
    /// The protocol that the pickle says it is of; `find_class` of an Unpickler looks at it meanwhile.
    proto: &'a Cell<u8>,
}

impl<'a> Reader<'a> {
    /// At the start of a pickle.
    pub fn new(
        source: &'a mut Source,
        memo: Vec<Option<Value>>,
        hooks: &'a Hooks,
        proto: &'a Cell<u8>,
    ) -> Reader<'a> {
        proto.set(0);
        Reader { source, memo, hooks, stack: Vec::new(), marks: Vec::new(), proto }
    }

    /// Reads an object.
    pub fn load(&mut self) -> Result {
        loop {
            let Some(code) = self.source.byte()? else {
                return Err(raise(&exception::EOF_ERROR, "Ran out of input"));
            };
            if code == STOP {
                return self.pop();
            }
            self.step(code)?;
        }
    }

    fn step(&mut self, code: u8) -> Result<()> {
        match code {
            PROTO => {
                let proto = self.source.take(1)?[0];
                if proto as i64 > HIGHEST {
                    return value_error(format!("unsupported pickle protocol: {proto}"));
                }
                self.proto.set(proto);
            }
            FRAME => {
                let n = self.number(8)?;
                if n > i64::MAX as u64 {
                    return value_error(format!("frame size > sys.maxsize: {n}"));
                }
                self.source.frame(n as usize)?;
            }
            NONE => self.push(Value::NONE),
            NEWTRUE => self.push(Value::TRUE),
            NEWFALSE => self.push(Value::FALSE),
            BININT => {
                let n = self.number(4)? as u32 as i32;
                self.push(Value::small(n));
            }
            BININT1 => {
                let n = self.number(1)?;
                self.push(int::from_u64(n));
            }
            BININT2 => {
                let n = self.number(2)?;
                self.push(int::from_u64(n));
            }
            LONG1 | LONG4 => {
                let n = self.number(if code == LONG1 { 1 } else { 4 })?;
                if code == LONG4 && n > i32::MAX as u64 {
                    return fail("LONG pickle has negative byte count");
                }
                let n = BigInt::from_signed_bytes_le(self.source.take(n as usize)?);
                self.push(int::from_big(n));
            }
            BINFLOAT => {
                let b = self.source.take(8)?;
                let x = f64::from_be_bytes(b.try_into().unwrap_or_default());
                self.push(float::from_f64(x));
            }
            INT | LONG | FLOAT | STRING | UNICODE | PERSID => self.step_line(code)?,
            BINSTRING | SHORT_BINSTRING => {
                let data = self.counted(if code == BINSTRING { 4 } else { 1 })?.to_vec();
                let text = self.old_text(data)?;
                self.push(text);
            }
            BINBYTES | SHORT_BINBYTES | BINBYTES8 => {
                let data = bytes::from_slice(self.counted(match code {
                    SHORT_BINBYTES => 1,
                    BINBYTES => 4,
                    _ => 8,
                })?);
                self.push(data);
            }
            BYTEARRAY8 => {
                let data = bytes::from_slice(self.counted(8)?);
                self.push(call(&bytes::BYTEARRAY.value(), &[data])?);
            }
            BINUNICODE | SHORT_BINUNICODE | BINUNICODE8 => {
                let data = self.counted(match code {
                    SHORT_BINUNICODE => 1,
                    BINUNICODE => 4,
                    _ => 8,
                })?;
                let text = text::from_utf8(data)?;
                self.push(text);
            }
            MARK => self.marks.push(self.stack.len()),
            POP => {
                // Without anything above it, a mark.
                if self.marks.last() == Some(&self.stack.len()) {
                    self.marks.pop();
                } else {
                    self.pop()?;
                }
            }
            POP_MARK => drop(self.since_mark()?),
            DUP => {
                let top = self.top()?.clone();
                self.push(top);
            }
            GET | PUT => {
                let line = self.source.full_line()?;
                let index = text::decimal(&line)?;
                if code == GET {
                    self.remembered(index)?;
                } else if index < 0 {
                    return value_error("negative PUT argument");
                } else {
                    self.remember(index as usize)?;
                }
            }
            BINGET | LONG_BINGET => {
                let n = self.number(if code == BINGET { 1 } else { 4 })?;
                self.remembered(n as i64)?;
            }
            BINPUT | LONG_BINPUT => {
                let n = self.number(if code == BINPUT { 1 } else { 4 })?;
                self.remember(n as usize)?;
            }
            MEMOIZE => self.remember(self.memo.len())?,
            _ => return self.step_container(code),
        }
        Ok(())
    }

    /// What is written as a line of text.
    fn step_line(&mut self, code: u8) -> Result<()> {
        let line =
            if matches!(code, UNICODE | PERSID) { self.source.line()? } else { self.source.full_line()? };
        let value = match code {
            INT if line == b"00" || line == b"01" => Value::bool(line == b"01"),
            INT => text::integer(&line)?,
            LONG => text::integer(line.strip_suffix(b"L").unwrap_or(&line))?,
            FLOAT => text::float(&line)?,
            STRING => {
                let data = text::unquote(&line)?;
                self.old_text(data)?
            }
            UNICODE => text::raw_unescape(&line)?,
            _ => {
                let Some(id) = std::str::from_utf8(&line).ok().filter(|id| id.is_ascii()) else {
                    self.persistent_hook()?;
                    return fail("persistent IDs in protocol 0 must be ASCII strings");
                };
                self.persistent(Value::str(id))?
            }
        };
        self.push(value);
        Ok(())
    }

    fn step_container(&mut self, code: u8) -> Result<()> {
        match code {
            EMPTY_TUPLE => self.push(Value::tuple(Vec::new())),
            TUPLE => {
                let items = self.since_mark()?;
                self.push(Value::tuple(items));
            }
            TUPLE1 | TUPLE2 | TUPLE3 => {
                let items = self.last(1 + (code - TUPLE1) as usize)?;
                self.push(Value::tuple(items));
            }
            EMPTY_LIST => self.push(Value::list(Vec::new())),
            LIST => {
                let items = self.since_mark()?;
                self.push(Value::list(items));
            }
            EMPTY_DICT => self.push(Dict::new()),
            DICT => {
                let items = self.since_mark()?;
                let dict = Dict::new();
                set_pairs(&dict, &items)?;
                self.push(dict);
            }
            EMPTY_SET => self.push(set::new_empty()),
            FROZENSET => {
                let items = self.since_mark()?;
                self.push(call(&set::FROZENSET.value(), &[Value::list(items)])?);
            }
            APPEND => {
                let item = self.pop()?;
                append(self.top()?, vec![item])?;
            }
            APPENDS => {
                let items = self.since_mark()?;
                append(self.top()?, items)?;
            }
            SETITEM => {
                let pair = self.last(2)?;
                set_pairs(self.top()?, &pair)?;
            }
            SETITEMS => {
                let items = self.since_mark()?;
                if !items.len().is_multiple_of(2) {
                    return fail("odd number of items for SETITEMS");
                }
                set_pairs(self.top()?, &items)?;
            }
            ADDITEMS => {
                let items = self.since_mark()?;
                let target = self.top()?.clone();
                if target.ty().is_subtype(&set::SET) {
                    protocol::call_method(&target, "update", &[Value::list(items)])?;
                } else {
                    let add = get_attr(&target, &intern_static("add"))?;
                    items.iter().try_for_each(|i| call(&add, std::slice::from_ref(i)).map(drop))?;
                }
            }
            _ => return self.step_object(code),
        }
        Ok(())
    }

    fn step_object(&mut self, code: u8) -> Result<()> {
        let made = match code {
            GLOBAL | INST => {
                let (module, name) = (self.source.full_line()?, self.source.full_line()?);
                let text = |line: &[u8]| text::from_utf8(line);
                let found = self.find_class(&text(&module)?, &text(&name)?)?;
                if code == INST { build::instance(&found, self.since_mark()?)? } else { found }
            }
            STACK_GLOBAL => {
                let names = self.last(2)?;
                if names.iter().any(|n| n.as_str().is_none()) {
                    return fail("STACK_GLOBAL requires str");
                }
                self.find_class(&names[0], &names[1])?
            }
            EXT1 | EXT2 | EXT4 => {
                let n = self.number([1, 2, 4][(code - EXT1) as usize])?;
                if n == 0 {
                    return fail("EXT specifies code <= 0");
                }
                self.extension(n)?
            }
            REDUCE => {
                let parts = self.last(2)?;
                match parts[1].as_tuple() {
                    Some(args) => call(&parts[0], args)?,
                    None => call(&parts[0], &protocol::collect(&parts[1])?)?,
                }
            }
            NEWOBJ => {
                let parts = self.last(2)?;
                build::new(&parts[0], &parts[1], None)?
            }
            NEWOBJ_EX => {
                let parts = self.last(3)?;
                build::new(&parts[0], &parts[1], Some(&parts[2]))?
            }
            OBJ => {
                let mut args = self.since_mark()?;
                if args.is_empty() {
                    return fail("unpickling stack underflow");
                }
                let class = args.remove(0);
                build::instance(&class, args)?
            }
            BUILD => {
                let state = self.pop()?;
                return build::set_state(self.top()?, &state);
            }
            BINPERSID => {
                self.persistent_hook()?;
                let id = self.pop()?;
                self.persistent(id)?
            }
            NEXT_BUFFER => {
                let Some(buffers) = &self.hooks.buffers else {
                    return fail(
                        "pickle stream refers to out-of-band data but no *buffers* argument was given",
                    );
                };
                match protocol::next(buffers)? {
                    Some(buffer) => buffer,
                    None => return fail("not enough out-of-band buffers"),
                }
            }
            READONLY_BUFFER => {
                let view = bytes::over(self.top()?)?;
                if !protocol::truth(&get_attr(&view, &intern_static("readonly"))?)? {
                    self.pop()?;
                    self.push(protocol::call_method(&view, "toreadonly", &[])?);
                }
                return Ok(());
            }
            0x20..0x7f => return fail(&format!("invalid load key, '{}'.", code as char)),
            _ => return fail(&format!("invalid load key, '\\x{code:02x}'.")),
        };
        self.push(made);
        Ok(())
    }

    // The stack.

    #[inline]
    fn push(&mut self, v: Value) {
        self.stack.push(v);
    }

    fn underflow<T>(&self) -> Result<T> {
        fail(if self.marks.is_empty() { "unpickling stack underflow" } else { "unexpected MARK found" })
    }

    /// How far down the stack may be taken from.
    fn floor(&self) -> usize {
        self.marks.last().copied().unwrap_or(0)
    }

    fn pop(&mut self) -> Result {
        match self.stack.len() > self.floor() {
            true => self.stack.pop().map_or_else(|| self.underflow(), Ok),
            false => self.underflow(),
        }
    }

    fn top(&self) -> Result<&Value> {
        match self.stack.last() {
            Some(top) if self.stack.len() > self.floor() => Ok(top),
            _ => self.underflow(),
        }
    }

    fn last(&mut self, n: usize) -> Result<Vec<Value>> {
        match self.stack.len().checked_sub(n).filter(|&at| at >= self.floor()) {
            Some(at) => Ok(self.stack.split_off(at)),
            None => self.underflow(),
        }
    }

    fn since_mark(&mut self) -> Result<Vec<Value>> {
        match self.marks.pop() {
            Some(at) => Ok(self.stack.split_off(at)),
            None => fail("could not find MARK"),
        }
    }

    // The memo.

    fn remembered(&mut self, index: i64) -> Result<()> {
        match usize::try_from(index).ok().and_then(|i| self.memo.get(i)) {
            Some(Some(v)) => {
                let v = v.clone();
                self.push(v);
                Ok(())
            }
            _ => fail(&format!("Memo value not found at index {index}")),
        }
    }

    fn remember(&mut self, index: usize) -> Result<()> {
        let v = self.top()?.clone();
        put(&mut self.memo, index, v)
    }

    // Bytes.

    #[inline]
    fn number(&mut self, size: usize) -> Result<u64> {
        let mut wide = [0; 8];
        wide[..size].copy_from_slice(self.source.take(size)?);
        Ok(u64::from_le_bytes(wide))
    }

    /// Bytes whose number stands before them.
    fn counted(&mut self, size: usize) -> Result<&[u8]> {
        match usize::try_from(self.number(size)?).ok().filter(|&n| n <= isize::MAX as usize) {
            Some(n) => self.source.take(n),
            None => {
                let max = isize::MAX;
                fail(&format!("size exceeds system's maximum size of {max} bytes"))
            }
        }
    }

    /// A string of Python 2: bytes, or text in the encoding that was given.
    fn old_text(&self, data: Vec<u8>) -> Result {
        let data = bytes::from_vec(data);
        if self.hooks.encoding == "bytes" {
            return Ok(data);
        }
        let how = [Value::str(&self.hooks.encoding), Value::str(&self.hooks.errors)];
        protocol::call_method(&data, "decode", &how)
    }

    // What a program may have to say.

    fn persistent_hook(&self) -> Result<&Value> {
        match &self.hooks.persistent_load {
            Some(hook) => Ok(hook),
            None => fail(
                "A load persistent id instruction was encountered,\nbut no persistent_load function was specified.",
            ),
        }
    }

    fn persistent(&self, id: Value) -> Result {
        call(self.persistent_hook()?, &[id])
    }

    fn find_class(&self, module: &Value, name: &Value) -> Result {
        match &self.hooks.find_class {
            Some(hook) => call(hook, &[module.clone(), name.clone()]),
            None => find_class(module, name, self.proto.get(), self.hooks.fix_imports),
        }
    }

    fn extension(&self, code: u64) -> Result {
        let cache = super::reduce::copyreg("_extension_cache")?;
        let key = int::from_u64(code);
        if let Some(found) = cache.cast::<Dict>().map(|d| d.get(&key)).transpose()?.flatten() {
            return Ok(found);
        }
        let registry = super::reduce::copyreg("_inverted_registry")?;
        let names = registry.cast::<Dict>().map(|d| d.get(&key)).transpose()?.flatten();
        let Some([module, name]) = names.as_ref().and_then(Value::as_tuple) else {
            return value_error(format!("unregistered extension code {code}"));
        };
        let found = self.find_class(module, name)?;
        protocol::set_item(&cache, &key, found.clone())?;
        Ok(found)
    }
}

/// Keeps an object under a number.
pub fn put(memo: &mut Vec<Option<Value>>, index: usize, v: Value) -> Result<()> {
    if index >= memo.len() {
        // A number far off is an attack, or a mistake: there are never more than objects were read.
        if bytes::try_reserve(memo, index.saturating_add(1)).is_err() {
            return protocol::memory_error();
        }
        memo.resize(index + 1, None);
    }
    memo[index] = Some(v);
    Ok(())
}

/// The object of a name.
pub fn find_class(module: &Value, name: &Value, proto: u8, fix_imports: bool) -> Result {
    if proto >= 4
        && let (Some(m), Some(n)) = (intern_value(module), intern_value(name))
        && (m.as_str(), n.as_str()) != (Some("_codecs"), Some("encode"))
        && n.as_str().is_some_and(|n| !n.contains('.'))
        && let Some(found) = imported_name(&m, &n)
    {
        return Ok(found);
    }
    let (mut module, mut name) = (protocol::str_string(module)?, protocol::str_string(name)?);
    if proto < 3 && fix_imports {
        (module, name) = new_name(&module, &name);
    }
    if (&*module, &*name) == ("_codecs", "encode") {
        return super::encode_function();
    }
    let found = import_absolute(&module)?;
    if proto < 4 {
        return match protocol::get_attr_opt(&found, &intern(&name))? {
            Some(v) => Ok(v),
            None => {
                let shown = protocol::repr_string(&found)?;
                protocol::attribute_error(format!("Can't get attribute '{name}' on {shown}"))
            }
        };
    }
    match super::reduce::attribute(&found, &name)? {
        Some((v, _)) => Ok(v),
        None => {
            let shown = protocol::repr_string(&found)?;
            protocol::attribute_error(format!("Can't get attribute '{name}' on {shown}"))
        }
    }
}

fn append(target: &Value, items: Vec<Value>) -> Result<()> {
    if items.is_empty() {
        return Ok(());
    }
    if let Some(list) = target.cast::<List>().filter(|_| target.is_exact(&list::LIST)) {
        items.into_iter().for_each(|item| list.push(item));
        return Ok(());
    }
    if let [item] = &*items {
        return protocol::call_method(target, "append", std::slice::from_ref(item)).map(drop);
    }
    if let Some(extend) = protocol::get_attr_opt(target, &intern_static("extend"))? {
        return call(&extend, &[Value::list(items)]).map(drop);
    }
    let append = get_attr(target, &intern_static("append"))?;
    items.iter().try_for_each(|item| call(&append, std::slice::from_ref(item)).map(drop))
}

fn set_pairs(target: &Value, items: &[Value]) -> Result<()> {
    if !items.len().is_multiple_of(2) {
        return fail("odd number of items for DICT");
    }
    let exact = target.cast::<Dict>().filter(|_| target.is_exact(&crate::types::dict::DICT));
    for pair in items.chunks_exact(2) {
        match exact {
            Some(dict) => dict.set(&pair[0], pair[1].clone())?,
            None => protocol::set_item(target, &pair[0], pair[1].clone())?,
        }
    }
    Ok(())
}
