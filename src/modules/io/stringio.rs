//! `StringIO`: a stream of text in memory.

use super::bytesio::{position, restore_attributes};
use super::newline::{Newline, Newlines};
use super::{base, size_arg};
use crate::modules::native::{make, this};
use crate::object::{Attrs, Boxed, Layout, Result, Slots, Str, Type, Value, arg};
use crate::protocol::{self, bind_args, type_error, value_error};
use crate::types::{int, str};
use std::borrow::Cow;
use std::cell::{Cell, RefCell};

/// The text, and where the stream is. Positions count characters; `at` is the same place in bytes.
#[derive(Default)]
struct Store {
    text: String,
    chars: usize,
    pos: usize,
    at: usize,
}

/// The fields of a `StringIO`.
pub struct StringIoBody {
    store: RefCell<Store>,
    closed: Cell<bool>,
    newline: Cell<Newline>,
    newlines: RefCell<Newlines>,
}

crate::body!(StringIoBody: StringIo);

/// `_io.StringIO`
pub static STRING_IO: Type = Type::builtin::<Boxed<StringIoBody>>(
    "_io.StringIO",
    Layout::StringIo,
    "StringIO(initial_value='', newline='\\n'): a stream of text in memory.",
    crate::defs! {
        fn "read(size=-1, /)" "Read up to so many characters, all by default." => |a| {
            let n = size_arg(arg(a, 1))?;
            let body = opened(&a[0])?;
            Ok(body.store.borrow_mut().take(usize::try_from(n).unwrap_or(usize::MAX)))
        };
        fn "readline(size=-1, /)" "Read one line, or as much of it as fits." => |a| {
            let limit = size_arg(arg(a, 1))?;
            let body = opened(&a[0])?;
            Ok(body.line(usize::try_from(limit).unwrap_or(usize::MAX)))
        };
        fn "write(s, /)" "Write a string; returns its length." => write;
        fn "getvalue()" "Return all text." => |a| {
            let store = opened(&a[0])?.store.borrow();
            Ok(Value::str_counted(&store.text, store.chars))
        };
        fn "seek(pos, whence=0, /)" "Move to a position, or to the current one (1) or the end (2)." => seek;
        fn "tell()" "Return the current position." => |a| Ok(int::from_usize(opened(&a[0])?.store.borrow().pos));
        fn "truncate(pos=None, /)" "Cut at a position, the current one by default." => truncate;
        fn "close()" "Forget the text." => |a| {
            let body = this::<StringIoBody>(&a[0]);
            body.closed.set(true);
            body.store.take();
            Ok(Value::NONE)
        };
        fn "readable()" "read() works." => |a| opened(&a[0]).map(|_| Value::TRUE);
        fn "writable()" "write() works." => |a| opened(&a[0]).map(|_| Value::TRUE);
        fn "seekable()" "seek() works." => |a| opened(&a[0]).map(|_| Value::TRUE);
        fn "__getstate__()" "" => getstate;
        fn "__setstate__(state, /)" "" => setstate;
        get "closed()" "Whether the stream is closed." => |v| Ok(Value::bool(this::<StringIoBody>(v).closed.get()));
        get "line_buffering()" "" => |v| opened(v).map(|_| Value::FALSE);
        get "newlines()" "The line ends that have been seen." => |v| Ok(opened(v)?.newlines.borrow().seen());
    },
)
.with_base(&base::TEXT_IO_BASE)
.with_base_flag()
.with_weakrefs()
.with_attrs(size_of::<Boxed<StringIoBody>>())
.with_slots(Slots {
    new: Some(|ty, _, _| {
        make(
            ty,
            StringIoBody {
                store: RefCell::default(),
                closed: Cell::new(false),
                newline: Cell::new(Newline::Lf),
                newlines: RefCell::default(),
            },
        )
    }),
    init: Some(init),
    iter: Some(|v| {
        opened(v)?;
        Ok(v.clone())
    }),
    next: Some(|v| {
        if !super::has_plain_methods(v) {
            return base::next(v);
        }
        let line = opened(v)?.line(usize::MAX);
        Ok(line.as_str().is_some_and(|s| !s.is_empty()).then_some(line))
    }),
    // Nothing is lost with it, unless a subclass has a `close` of its own.
    finalize: Some(|v| {
        if v.ty().is_heap() {
            base::finalize(v);
        }
    }),
    ..Slots::EMPTY
});

impl Store {
    fn is_ascii(&self) -> bool {
        self.chars == self.text.len()
    }

    /// The byte where character `pos` begins, or the end.
    fn byte_of(&self, pos: usize) -> usize {
        if self.is_ascii() {
            return pos.min(self.text.len());
        }
        if pos >= self.chars {
            return self.text.len();
        }
        self.text.char_indices().nth(pos).map_or(self.text.len(), |(i, _)| i)
    }

    fn go(&mut self, pos: usize) {
        self.pos = pos;
        self.at = self.byte_of(pos);
    }

    /// The byte behind `n` more characters, and how many there are.
    fn after(&self, n: usize) -> (usize, usize) {
        let rest = &self.text[self.at..];
        if self.is_ascii() {
            let n = n.min(rest.len());
            return (self.at + n, n);
        }
        if n >= self.chars.saturating_sub(self.pos) {
            return (self.text.len(), self.chars.saturating_sub(self.pos));
        }
        (rest.char_indices().nth(n).map_or(self.text.len(), |(i, _)| self.at + i), n)
    }

    /// The next `n` characters.
    fn take(&mut self, n: usize) -> Value {
        if self.pos >= self.chars {
            return Value::str("");
        }
        let (end, n) = self.after(n);
        let value = Value::str_counted(&self.text[self.at..end], n);
        self.at = end;
        self.pos += n;
        value
    }

    fn write(&mut self, text: &str, chars: usize) {
        if chars == 0 {
            return;
        }
        if self.pos > self.chars {
            // As a file that has been moved behind its end.
            self.text.extend(std::iter::repeat_n('\0', self.pos - self.chars));
            self.chars = self.pos;
            self.at = self.text.len();
        }
        if self.at == self.text.len() {
            self.text.push_str(text);
            self.chars += chars;
        } else {
            let (end, replaced) = self.after(chars);
            self.text.replace_range(self.at..end, text);
            self.chars += chars - replaced;
        }
        self.at += text.len();
        self.pos += chars;
    }

    fn truncate(&mut self, pos: usize) {
        if pos < self.chars {
            let end = self.byte_of(pos);
            self.text.truncate(end);
            self.chars = pos;
            self.at = self.at.min(end);
        }
    }
}

impl StringIoBody {
    /// The next line, at most `limit` characters of it.
    fn line(&self, limit: usize) -> Value {
        let mut store = self.store.borrow_mut();
        let rest = &store.text[store.at..];
        let end = self.newline.get().end_of_line(rest.as_bytes()).unwrap_or(rest.len());
        let line = &rest[..end];
        let chars = if store.is_ascii() { line.len() } else { line.chars().count() };
        store.take(chars.min(limit))
    }

    fn write(&self, text: &str, chars: usize) {
        let newline = self.newline.get();
        if !newline.is_universal() && newline.written().is_none() {
            self.store.borrow_mut().write(text, chars);
            return;
        }
        let mut text = Cow::Borrowed(text);
        if newline.is_universal() {
            text = self.newlines.borrow_mut().feed(text, true);
        } else if let Some(end) = newline.written() {
            text = Cow::Owned(text.replace('\n', end));
        }
        let chars = text.chars().count();
        self.store.borrow_mut().write(&text, chars);
    }
}

#[inline]
fn opened(v: &Value) -> Result<&StringIoBody> {
    let body = this::<StringIoBody>(v);
    if body.closed.get() { value_error("I/O operation on closed file") } else { Ok(body) }
}

fn init(v: &Value, args: &[Value], names: Option<&Value>) -> Result<()> {
    let bound = bind_args("StringIO", crate::sig!("(initial_value='', newline='\\n')"), args, names)?;
    let newline = if bound[1].is_unbound() { Newline::Lf } else { newline(&bound[1])? };
    let initial = bound[0].as_bound().filter(|i| !i.is_none());
    if let Some(other) = initial.filter(|i| i.as_str().is_none()) {
        return type_error(format!("initial_value must be str or None, not {}", other.ty().name()));
    }
    let body = this::<StringIoBody>(v);
    body.newline.set(newline);
    *body.newlines.borrow_mut() = Newlines::new(newline == Newline::Translate);
    body.closed.set(false);
    body.store.take();
    if let Some(s) = initial.and_then(Value::cast::<Str>) {
        body.write(s.as_str(), s.chars());
        body.store.borrow_mut().go(0);
    }
    Ok(())
}

fn newline(v: &Value) -> Result<Newline> {
    match Newline::of(v) {
        Some(newline) => Ok(newline),
        None if v.as_str().is_none() => {
            type_error(format!("newline must be str or None, not {}", v.ty().name()))
        }
        None => value_error(format!("illegal newline value: {}", protocol::repr_string(v)?)),
    }
}

fn write(a: &[Value]) -> Result {
    let Some(s) = a[1].cast::<Str>() else {
        opened(&a[0])?;
        return type_error(format!("string argument expected, got '{}'", a[1].ty().name()));
    };
    write_text(&a[0], s)?;
    Ok(int::from_usize(s.chars()))
}

/// Writes a string.
#[inline]
pub fn write_text(v: &Value, s: &Str) -> Result<()> {
    opened(v)?.write(s.as_str(), s.chars());
    Ok(())
}

fn seek(a: &[Value]) -> Result {
    let body = opened(&a[0])?;
    let target = protocol::index_i64(&a[1])?;
    let whence = arg(a, 2).as_bound().map_or(Ok(0), str::c_int)?;
    let mut store = body.store.borrow_mut();
    let at = match whence {
        0..=2 if whence == 0 && target < 0 => return value_error(format!("Negative seek position {target}")),
        1 | 2 if target != 0 => {
            return Err(protocol::raise(
                &crate::types::exception::OS_ERROR,
                "Can't do nonzero cur-relative seeks",
            ));
        }
        0 => target as usize,
        1 => store.pos,
        2 => store.chars,
        _ => return value_error(format!("Invalid whence ({whence}, should be 0, 1 or 2)")),
    };
    store.go(at);
    Ok(int::from_usize(at))
}

fn truncate(a: &[Value]) -> Result {
    let body = opened(&a[0])?;
    let size = match arg(a, 1).as_bound().filter(|s| !s.is_none()) {
        None => body.store.borrow().pos as i64,
        Some(size) if size.ty().slots().index.is_some() => protocol::index_i64(size)?,
        Some(size) => {
            return type_error(format!("argument should be integer or None, not '{}'", size.ty().name()));
        }
    };
    let Ok(n) = usize::try_from(size) else { return value_error(format!("Negative size value {size}")) };
    body.store.borrow_mut().truncate(n);
    Ok(int::from_i64(size))
}

fn getstate(a: &[Value]) -> Result {
    let body = opened(&a[0])?;
    let newline = match body.newline.get() {
        Newline::Translate => Value::NONE,
        Newline::Universal => Value::str(""),
        Newline::Lf => Value::str("\n"),
        other => Value::str(other.written().unwrap_or("\n")),
    };
    let attributes = match Attrs::of(&a[0]) {
        Some(attrs) if !attrs.items().is_empty() => {
            protocol::call_method(&crate::types::function::dict_of(&a[0])?, "copy", &[])?
        }
        _ => Value::NONE,
    };
    let store = body.store.borrow();
    let text = Value::str_counted(&store.text, store.chars);
    Ok(Value::tuple(vec![text, newline, int::from_usize(store.pos), attributes]))
}

fn setstate(a: &[Value]) -> Result {
    let body = opened(&a[0])?;
    let Some([text, newline, pos, attributes, ..]) = a[1].as_tuple() else {
        let given = a[1].ty().name();
        return type_error(format!(
            "{}.__setstate__ argument should be 4-tuple, got {given}",
            a[0].ty().name()
        ));
    };
    init(&a[0], &[Value::str(""), newline.clone()], None)?;
    let Some(s) = text.cast::<Str>() else {
        return type_error(format!("initial_value must be str or None, not {}", text.ty().name()));
    };
    let pos = position(pos, "third")?;
    // What was translated once is not translated again.
    let mut store = body.store.borrow_mut();
    store.write(s.as_str(), s.chars());
    store.go(pos);
    drop(store);
    restore_attributes(&a[0], attributes)
}

/// Whether `v` is a plain `StringIO`.
#[inline]
pub fn exact(v: &Value) -> bool {
    super::is_plain(v, &STRING_IO)
}
