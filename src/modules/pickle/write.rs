//! Writing: opcodes, frames, the memo, and one function for each type that pickle knows.

use super::codes::*;
use super::memo::Memo;
use crate::object::{Dict, List, Result, Value};
use crate::protocol;
use crate::types::{
    bytes, dict, float, function, int, list, range, set, singletons, slice, str, tuple, type_,
};
use crate::vm::{self, Thread, safepoint};

/// Bytes of one frame, and of a piece that stands outside of frames; of less than `LEAST` none is made.
const FRAME_TARGET: usize = 64 << 10;
const FRAME_LEAST: usize = 4;
/// Room for the bytes of a small pickle.
const USUAL: usize = 128;
/// Opcode and length of a frame.
const FRAME_HEAD: usize = 9;
/// Items of one batch.
const BATCH: usize = 1000;

/// What a program has to say about how objects are written.
#[derive(Default)]
pub struct Hooks {
    /// `persistent_id`
    pub persistent_id: Option<Value>,
    /// `reducer_override`
    pub reducer_override: Option<Value>,
    /// `buffer_callback`
    pub buffer_callback: Option<Value>,
    /// The functions for classes that take the place of those in `copyreg`.
    pub dispatch_table: Option<Value>,
    /// Functions for classes that are asked before those.
    pub extra: Option<Value>,
}

/// A pickle that is being written.
pub struct Writer {
    out: Vec<u8>,
    /// Where the frame begins that is being written.
    frame: Option<usize>,
    /// The protocol.
    pub proto: i64,
    /// Whether it is not 0, which is text.
    pub bin: bool,
    /// Do without a memo.
    pub fast: bool,
    /// Use the names of Python 2.
    pub fix_imports: bool,
    /// What has been written.
    pub memo: Memo,
    /// What a program has to say.
    pub hooks: Hooks,
    depth: usize,
    max_depth: usize,
    /// Classes met so far, and whether their objects are plain: see `reduce`.
    pub classes: Vec<(Value, bool)>,
}

impl Writer {
    /// Nothing yet.
    pub fn new(proto: i64, fix_imports: bool, memo: Memo, hooks: Hooks) -> Writer {
        let frames = Thread::current().frames().count();
        Writer {
            out: Vec::with_capacity(USUAL),
            frame: None,
            proto,
            bin: proto >= 1,
            fast: false,
            fix_imports: fix_imports && proto < 3,
            memo,
            hooks,
            depth: 0,
            classes: Vec::new(),
            max_depth: safepoint::recursion_limit().saturating_sub(frames),
        }
    }

    /// The whole pickle of an object.
    pub fn dump(&mut self, v: &Value) -> Result<Vec<u8>> {
        if self.proto >= 2 {
            self.out.extend([PROTO, self.proto as u8]);
        }
        self.save(v)?;
        self.op(STOP);
        self.end_frame();
        Ok(std::mem::take(&mut self.out))
    }

    // Bytes.

    #[inline]
    fn begin(&mut self) {
        if self.frame.is_none() && self.proto >= 4 {
            self.frame = Some(self.out.len());
            self.out.extend([0; FRAME_HEAD]);
        }
    }

    /// Writes an opcode.
    #[inline]
    pub fn op(&mut self, code: u8) {
        self.begin();
        self.out.push(code);
    }

    /// Writes an opcode and what belongs to it.
    #[inline]
    pub fn op_with(&mut self, code: u8, data: &[u8]) {
        self.op(code);
        self.out.extend_from_slice(data);
    }

    /// Writes an opcode with a line of text.
    pub fn op_line(&mut self, code: u8, line: &str) {
        self.op_with(code, line.as_bytes());
        self.out.push(b'\n');
    }

    /// Writes an opcode, a length and so many bytes, which stand outside of frames if they are many.
    pub fn op_large(&mut self, code: u8, length: &[u8], data: &[u8]) {
        let outside = self.proto >= 4 && data.len() >= FRAME_TARGET;
        if outside {
            self.end_frame();
            self.out.push(code);
        } else {
            self.op(code);
        }
        self.out.extend_from_slice(length);
        self.out.extend_from_slice(data);
    }

    fn end_frame(&mut self) {
        let Some(start) = self.frame.take() else { return };
        let length = self.out.len() - start - FRAME_HEAD;
        if length < FRAME_LEAST {
            self.out.drain(start..start + FRAME_HEAD);
        } else {
            self.out[start] = FRAME;
            self.out[start + 1..start + FRAME_HEAD].copy_from_slice(&(length as u64).to_le_bytes());
        }
    }

    // The memo.

    /// Remembers an object that was written, so that later it is only referred to.
    pub fn memoize(&mut self, v: &Value) {
        if self.fast {
            return;
        }
        let number = self.memo.add(v);
        match number {
            _ if self.proto >= 4 => self.op(MEMOIZE),
            _ if !self.bin => self.op_line(PUT, &number.to_string()),
            0..256 => self.op_with(BINPUT, &[number as u8]),
            _ => self.op_with(LONG_BINPUT, &number.to_le_bytes()),
        }
    }

    fn refer(&mut self, number: u32) {
        match number {
            _ if !self.bin => self.op_line(GET, &number.to_string()),
            0..256 => self.op_with(BINGET, &[number as u8]),
            _ => self.op_with(LONG_BINGET, &number.to_le_bytes()),
        }
    }

    /// Refers to an object if it has been written.
    pub fn refer_to(&mut self, v: &Value) -> bool {
        let number = self.memo.get(v);
        if let Some(number) = number {
            self.refer(number);
        }
        number.is_some()
    }

    // Objects.

    /// Writes an object, inside others or not.
    pub fn save(&mut self, v: &Value) -> Result<()> {
        if let Some(hook) = &self.hooks.persistent_id {
            let id = protocol::call(hook, std::slice::from_ref(v))?;
            if !id.is_none() {
                return self.save_persistent(&id);
            }
        }
        self.save_plain(v)
    }

    fn save_persistent(&mut self, id: &Value) -> Result<()> {
        if self.bin {
            self.save_plain(id)?;
            self.op(BINPERSID);
            return Ok(());
        }
        let text = protocol::str_string(id)?;
        if !text.is_ascii() {
            return super::pickling_error("persistent IDs in protocol 0 must be ASCII strings");
        }
        self.op_line(PERSID, &text);
        Ok(())
    }

    fn save_plain(&mut self, v: &Value) -> Result<()> {
        let ty = v.ty();
        let is = |t: &crate::object::Type| std::ptr::eq(ty, t);
        match () {
            _ if v.is_none() => self.op(NONE),
            _ if is(&int::INT) => self.save_int(v)?,
            _ if is(&crate::types::bool::BOOL) => self.save_bool(v.is(&Value::TRUE)),
            _ if is(&float::FLOAT) => self.save_float(v)?,
            _ if self.refer_to(v) => {}
            _ if is(&str::STR) => self.save_str(v),
            _ if is(&bytes::BYTES) => self.save_bytes(v)?,
            _ => {
                if self.depth >= self.max_depth {
                    return Err(safepoint::too_deep(" while pickling an object"));
                }
                self.depth += 1;
                let saved = vm::guard_native_recursion(" while pickling an object", || self.save_deep(v));
                self.depth -= 1;
                saved?;
            }
        }
        if self.frame.is_some_and(|start| self.out.len() - start - FRAME_HEAD >= FRAME_TARGET) {
            self.end_frame();
        }
        Ok(())
    }

    fn save_deep(&mut self, v: &Value) -> Result<()> {
        let ty = v.ty();
        let is = |t: &crate::object::Type| std::ptr::eq(ty, t);
        match () {
            _ if is(&dict::DICT) => return self.save_dict(v),
            _ if is(&set::SET) => return self.save_set(v),
            _ if is(&set::FROZENSET) => return self.save_frozenset(v),
            _ if is(&list::LIST) => return self.save_list(v),
            _ if is(&tuple::TUPLE) => return self.save_tuple(v),
            _ if is(&bytes::BYTEARRAY) => return self.save_bytearray(v),
            _ if is(&bytes::PICKLE_BUFFER) => return self.save_buffer(v),
            _ => {}
        }
        if let Some(hook) = self.hooks.reducer_override.clone() {
            let reduced = protocol::call(&hook, std::slice::from_ref(v))?;
            if !reduced.is(&Value::NOT_IMPLEMENTED) {
                return self.save_reduced(v, &reduced);
            }
        }
        match () {
            _ if is(&type_::TYPE) => return self.save_type(v),
            _ if is(&function::FUNCTION) => return self.save_global(v, None),
            _ => {}
        }
        if let Some(reducer) = self.reducer(&ty.value())? {
            let reduced = protocol::call(&reducer, std::slice::from_ref(v))?;
            return self.save_reduced(v, &reduced);
        }
        match () {
            _ if ty.is_subtype(&type_::TYPE) => self.save_global(v, None),
            _ if is(&range::RANGE) || is(&slice::SLICE) => self.save_bounds(v),
            _ if is(&singletons::ELLIPSIS_TYPE) => self.save_global(v, Some("Ellipsis")),
            _ if is(&singletons::NOT_IMPLEMENTED_TYPE) => self.save_global(v, Some("NotImplemented")),
            _ => self.save_by_reduce(v),
        }
    }

    fn save_bool(&mut self, yes: bool) {
        match (self.proto >= 2, yes) {
            (true, true) => self.op(NEWTRUE),
            (true, false) => self.op(NEWFALSE),
            (false, true) => self.op_line(INT, "01"),
            (false, false) => self.op_line(INT, "00"),
        }
    }

    fn save_int(&mut self, v: &Value) -> Result<()> {
        let small = int::to_i64(v);
        if let Some(n) = small.and_then(|n| i32::try_from(n).ok()) {
            match n {
                _ if !self.bin => self.op_line(INT, &n.to_string()),
                0..=0xff => self.op_with(BININT1, &[n as u8]),
                0x100..=0xffff => self.op_with(BININT2, &(n as u16).to_le_bytes()),
                _ => self.op_with(BININT, &n.to_le_bytes()),
            }
            return Ok(());
        }
        if self.proto < 2 {
            self.op_line(LONG, &format!("{}L", protocol::repr_string(v)?));
            return Ok(());
        }
        let data = int::to_big(v).unwrap_or_default().to_signed_bytes_le();
        match u8::try_from(data.len()) {
            Ok(n) => self.op_with(LONG1, &[n]),
            Err(_) => self.op_with(LONG4, &(data.len() as u32).to_le_bytes()),
        }
        self.out.extend_from_slice(&data);
        Ok(())
    }

    fn save_float(&mut self, v: &Value) -> Result<()> {
        if self.bin {
            self.op_with(BINFLOAT, &float::to_f64(v).unwrap_or_default().to_be_bytes());
        } else {
            self.op_line(FLOAT, &protocol::repr_string(v)?);
        }
        Ok(())
    }

    fn save_str(&mut self, v: &Value) {
        let text = v.as_str().unwrap_or_default();
        let data = text.as_bytes();
        match data.len() {
            _ if !self.bin => {
                self.op_with(UNICODE, &raw_escape(text));
                self.out.push(b'\n');
            }
            n @ 0..=0xff if self.proto >= 4 => self.op_large(SHORT_BINUNICODE, &[n as u8], data),
            n if n > 0xffff_ffff && self.proto >= 4 => {
                self.op_large(BINUNICODE8, &(n as u64).to_le_bytes(), data);
            }
            n => self.op_large(BINUNICODE, &(n as u32).to_le_bytes(), data),
        }
        self.memoize(v);
    }

    fn save_tuple(&mut self, v: &Value) -> Result<()> {
        let items = v.as_tuple().unwrap_or_default();
        let n = items.len();
        if n == 0 {
            if self.bin {
                self.op(EMPTY_TUPLE);
            } else {
                self.op_with(MARK, &[TUPLE]);
            }
            return Ok(());
        }
        let short = n <= 3 && self.proto >= 2;
        if !short {
            self.op(MARK);
        }
        for item in items {
            self.save(item)?;
        }
        if let Some(number) = self.memo.get(v) {
            // It contains itself, and was written meanwhile: drop what was written now.
            match (short, self.bin) {
                (true, _) => (0..n).for_each(|_| self.op(POP)),
                (false, true) => self.op(POP_MARK),
                (false, false) => (0..=n).for_each(|_| self.op(POP)),
            }
            self.refer(number);
            return Ok(());
        }
        self.op(if short { [TUPLE1, TUPLE2, TUPLE3][n - 1] } else { TUPLE });
        self.memoize(v);
        Ok(())
    }

    fn save_list(&mut self, v: &Value) -> Result<()> {
        if self.bin {
            self.op(EMPTY_LIST);
        } else {
            self.op_with(MARK, &[LIST]);
        }
        self.memoize(v);
        let Some(body) = v.cast::<List>() else { return Ok(()) };
        if !self.bin || body.len() <= 1 {
            let mut i = 0;
            while let Some(item) = body.get(i) {
                self.save(&item)?;
                self.op(APPEND);
                i += 1;
            }
            return Ok(());
        }
        let mut i = 0;
        while i < body.len() {
            self.op(MARK);
            let end = i + BATCH;
            while i < end
                && let Some(item) = body.get(i)
            {
                self.save(&item)?;
                i += 1;
            }
            self.op(APPENDS);
        }
        Ok(())
    }

    /// A dictionary.
    pub fn save_dict(&mut self, v: &Value) -> Result<()> {
        if self.bin {
            self.op(EMPTY_DICT);
        } else {
            self.op_with(MARK, &[DICT]);
        }
        self.memoize(v);
        let Some(body) = v.cast::<Dict>() else { return Ok(()) };
        let len = body.len();
        let (mut at, mut done) = (0, 0);
        let batches = self.bin && len != 1;
        while let Some((next, key, value)) = body.next_entry(at) {
            let (key, value) = (key.clone(), value.clone());
            if batches && done % BATCH == 0 {
                if done > 0 {
                    self.op(SETITEMS);
                }
                self.op(MARK);
            }
            self.save(&key)?;
            self.save(&value)?;
            if !batches {
                self.op(SETITEM);
            }
            done += 1;
            at = next + 1;
            if body.len() != len {
                return protocol::runtime_error("dictionary changed size during iteration");
            }
        }
        if batches && done > 0 {
            self.op(SETITEMS);
        }
        Ok(())
    }

    fn save_set(&mut self, v: &Value) -> Result<()> {
        let items = protocol::collect(v)?;
        if self.proto < 4 {
            return self.save_call(&set::SET.value(), vec![Value::list(items)], v);
        }
        self.op(EMPTY_SET);
        self.memoize(v);
        for batch in items.chunks(BATCH) {
            self.op(MARK);
            for item in batch {
                self.save(item)?;
            }
            self.op(ADDITEMS);
        }
        Ok(())
    }

    fn save_frozenset(&mut self, v: &Value) -> Result<()> {
        let items = protocol::collect(v)?;
        if self.proto < 4 {
            return self.save_call(&set::FROZENSET.value(), vec![Value::list(items)], v);
        }
        self.op(MARK);
        for item in &items {
            self.save(item)?;
        }
        if let Some(number) = self.memo.get(v) {
            self.op(POP_MARK);
            self.refer(number);
            return Ok(());
        }
        self.op(FROZENSET);
        self.memoize(v);
        Ok(())
    }

    /// A range or slice.
    fn save_bounds(&mut self, v: &Value) -> Result<()> {
        let bounds = ["start", "stop", "step"].map(|n| protocol::get_attr(v, &crate::object::intern(n)));
        let bounds = bounds.into_iter().collect::<Result<Vec<Value>>>()?;
        self.save_call(&v.ty().value(), bounds, v)
    }

    fn save_type(&mut self, v: &Value) -> Result<()> {
        for single in [Value::NONE, Value::NOT_IMPLEMENTED, Value::ELLIPSIS] {
            if v.is(&single.ty().value()) {
                return self.save_call(&type_::TYPE.value(), vec![single], v);
            }
        }
        self.save_global(v, None)
    }

    /// Items that are added to an object like a list.
    pub fn append_all(&mut self, items: &Value) -> Result<()> {
        let it = protocol::iter(items)?;
        self.batches(|| protocol::next(&it), |w, item| w.save(item), [APPEND, APPENDS])
    }

    /// Pairs that are added to an object like a dictionary.
    pub fn set_all(&mut self, pairs: &Value) -> Result<()> {
        let it = protocol::iter(pairs)?;
        let save = |w: &mut Writer, pair: &Value| match pair.as_tuple() {
            Some([key, value]) => {
                w.save(key)?;
                w.save(value)
            }
            _ => protocol::type_error("dict items iterator must return 2-tuples"),
        };
        self.batches(|| protocol::next(&it), save, [SETITEM, SETITEMS])
    }

    /// Items one by one, or, after a mark, as many as one opcode takes. One item alone has no mark.
    fn batches(
        &mut self,
        mut next: impl FnMut() -> Result<Option<Value>>,
        save: impl Fn(&mut Writer, &Value) -> Result<()>,
        [one, many]: [u8; 2],
    ) -> Result<()> {
        let mut item = next()?;
        while let Some(first) = item.take() {
            let second = if self.bin { next()? } else { None };
            let Some(second) = second else {
                save(self, &first)?;
                self.op(one);
                if self.bin {
                    return Ok(());
                }
                item = next()?;
                continue;
            };
            self.op(MARK);
            save(self, &first)?;
            let (mut count, mut following) = (1, Some(second));
            while let Some(more) = following.take() {
                save(self, &more)?;
                count += 1;
                if count == BATCH {
                    break;
                }
                following = next()?;
            }
            self.op(many);
            if count < BATCH {
                return Ok(());
            }
            item = next()?;
        }
        Ok(())
    }
}

/// Text in Latin-1, other characters and those that end a line escaped.
fn raw_escape(text: &str) -> Vec<u8> {
    let mut out = Vec::with_capacity(text.len());
    for c in text.chars() {
        match c as u32 {
            n if n > 0xffff => out.extend(format!("\\U{n:08x}").bytes()),
            n if n > 0xff || matches!(n, 0 | 10 | 13 | 26 | 92) => out.extend(format!("\\u{n:04x}").bytes()),
            n => out.push(n as u8),
        }
    }
    out
}
