//! `TextIOWrapper`: text encoded as the bytes of another stream. This part: the object, and how it is set up and
//! closed.

use super::buffered::State;
use super::decoder::{self, Decoder};
use super::encoder::Encoder;
use super::fileio::FileBody;
use super::newline::{Newline, Newlines};
use super::text_read::Reading;
use super::{
    asks, base, buffered, bytesio, closed_file, fileio, get, is_closed, method, reader, uninitialized,
};
use super::{text_place, text_read, text_write, unsupported, writer};
use crate::modules::native::{make, peek, this};
use crate::object::{Body, BodyLayout, Boxed, Layout, Result, Slots, Trace, Tracer, Type, Value};
use crate::object::{arg, intern, intern_static};
use crate::protocol::{self, bind_args, type_error, value_error};
use crate::types::{int, str};
use std::cell::{Cell, RefCell};

/// Which strings an encoder leaves as they are.
#[derive(Clone, Copy, PartialEq)]
pub enum Copies {
    Nothing,
    Ascii,
    All,
}

/// The fields of a `TextIOWrapper`.
pub struct TextBody {
    pub state: Cell<State>,
    pub buffer: Cell<Value>,
    /// The file at the bottom, if all layers are plain ones of this module: it knows whether it is closed.
    file: Cell<Value>,
    encoding: Cell<Value>,
    errors: Cell<Value>,
    /// The attribute `mode`, or unbound.
    mode: Cell<Value>,
    pub newline: Cell<Newline>,
    pub line_buffering: Cell<bool>,
    pub write_through: Cell<bool>,
    pub seekable: Cell<bool>,
    /// `tell` is possible: no `next` has read ahead without remembering where.
    pub telling: Cell<bool>,
    pub has_read1: Cell<bool>,
    /// How many bytes are read at once, and how many are gathered before they are written.
    pub chunk_size: Cell<usize>,
    finalizing: Cell<bool>,
    pub reading: RefCell<Reading>,
    pub encoder: RefCell<Option<Encoder>>,
    /// Which strings are their own encoding.
    pub copies: Cell<Copies>,
    /// Encoded, and not yet written to the stream below.
    pub pending: RefCell<Vec<u8>>,
}

impl Body for TextBody {
    const TRACKED: bool = true;
    fn trace(&self, tracer: &mut Tracer) {
        for cell in [&self.buffer, &self.file, &self.encoding, &self.errors, &self.mode] {
            cell.trace(tracer);
        }
        self.reading.trace(tracer);
        self.encoder.trace(tracer);
    }
}

impl BodyLayout for TextBody {
    const LAYOUT: Layout = Layout::TextIo;
}

fn body(v: &Value) -> &TextBody {
    this::<TextBody>(v)
}

/// `_io.TextIOWrapper`
pub static TEXT_IO_WRAPPER: Type = Type::builtin::<Boxed<TextBody>>(
    "_io.TextIOWrapper",
    Layout::TextIo,
    "TextIOWrapper(buffer, encoding=None, errors=None, newline=None, line_buffering=False, write_through=False): \
     text encoded as the bytes of a buffered stream.",
    crate::defs! {
        fn "read(size=-1, /)" "Read up to so many characters, all by default." => text_read::read;
        fn "readline(size=-1, /)" "Read one line, or as much of it as fits." => text_read::readline;
        fn "write(text, /)" "Write a string; returns its length." => text_write::write;
        fn "flush()" "Write what is to be written." => |a| flush(&a[0]).map(|()| Value::NONE);
        fn "close()" "Flush and close the stream below." => |a| close(&a[0]).map(|()| Value::NONE);
        fn "detach()" "Separate the stream below from the text and return it." => |a| {
            method(&a[0], "flush", &[])?;
            attached(&a[0])?;
            body(&a[0]).state.set(State::Detached);
            drop(body(&a[0]).file.replace(Value::UNBOUND));
            Ok(body(&a[0]).buffer.replace(Value::UNBOUND))
        };
        fn "reconfigure(*, encoding=None, errors=None, newline=None, line_buffering=None, write_through=None)" "Change how the text is encoded." => reconfigure;
        fn "seek(cookie, whence=0, /)" "Go to a place that tell() has returned, or to the start or the end." => text_place::seek;
        fn "tell()" "Return a number that stands for the current place." => |a| text_place::tell(&a[0]);
        fn "truncate(pos=None, /)" "Cut at a position, the current one by default." => |a| {
            attached(&a[0])?;
            method(&a[0], "flush", &[])?;
            method(&peek(&body(&a[0]).buffer), "truncate", &[arg(a, 1).clone().bound().unwrap_or(Value::NONE)])
        };
        fn "fileno()" "Return the file descriptor." => |a| ask_below(&a[0], "fileno");
        fn "seekable()" "Whether seek() works." => |a| ask_below(&a[0], "seekable");
        fn "readable()" "Whether read() works." => |a| ask_below(&a[0], "readable");
        fn "writable()" "Whether write() works." => |a| ask_below(&a[0], "writable");
        fn "isatty()" "Whether it is a terminal." => |a| ask_below(&a[0], "isatty");
        fn "__getstate__()" "" => super::no_pickle;
        get "encoding()" "The encoding of the text." => |v| Ok(peek(&initialized(v)?.encoding));
        get "errors()" "What is done about what cannot be encoded." => |v| Ok(peek(&initialized(v)?.errors));
        get "newlines()" "The line ends that have been seen." => |v| {
            attached(v)?;
            Ok(body(v).reading.borrow().newlines.as_ref().map_or(Value::NONE, Newlines::seen))
        };
        get "buffer()" "The stream below." => |v| Ok(peek(&initialized(v)?.buffer).bound().unwrap_or(Value::NONE));
        get "line_buffering()" "Whether line ends are written at once." => |v| Ok(Value::bool(initialized(v)?.line_buffering.get()));
        get "write_through()" "Whether everything is passed on at once." => |v| Ok(Value::bool(initialized(v)?.write_through.get()));
        get "closed()" "Whether the stream below is closed." => |v| closed(attached(v)?).map(Value::bool);
        get "name()" "The name of the stream below." => |v| {
            attached(v)?;
            get(&peek(&body(v).buffer), "name")
        };
        get "mode()" "The mode that the file was opened with." => |v| match peek(&body(v).mode).bound() {
            Some(mode) => Ok(mode),
            None => Err(protocol::no_attribute(v, &intern("mode"))),
        }, |v, mode| {
            drop(body(v).mode.replace(mode.unwrap_or(Value::UNBOUND)));
            Ok(())
        };
        get "_CHUNK_SIZE()" "" => |v| Ok(int::from_usize(attached(v)?.chunk_size.get())), |v, n| {
            let Some(n) = n else { return protocol::attribute_error("cannot delete attribute") };
            match usize::try_from(protocol::index_i64(&n)?) {
                Ok(n) if n > 0 => attached(v)?.chunk_size.set(n),
                _ => return value_error("a strictly positive integer is required"),
            }
            Ok(())
        };
        get "_finalizing()" "" => |v| Ok(Value::bool(body(v).finalizing.get())), |v, x| {
            body(v).finalizing.set(x.is_some_and(|x| x.is(&Value::TRUE)));
            Ok(())
        };
    },
)
.with_base(&base::TEXT_IO_BASE)
.with_base_flag()
.with_weakrefs()
.with_attrs(size_of::<Boxed<TextBody>>())
.with_slots(Slots {
    new: Some(|ty, _, _| make(ty, TextBody::new())),
    init: Some(init),
    repr: Some(repr),
    next: Some(text_read::next),
    finalize: Some(|v| {
        let state = body(v).state.get();
        if v.ty().is_heap() || (state == State::Ready && !closed(body(v)).unwrap_or(false)) {
            base::finalize(v);
        }
    }),
    ..Slots::EMPTY
});

/// How a text stream is set up.
pub struct Setup {
    pub encoding: Value,
    pub errors: Value,
    pub newline: Newline,
    pub line_buffering: bool,
    pub write_through: bool,
}

impl TextBody {
    fn new() -> TextBody {
        TextBody {
            state: Cell::new(State::New),
            buffer: Cell::new(Value::UNBOUND),
            file: Cell::new(Value::UNBOUND),
            encoding: Cell::new(Value::NONE),
            errors: Cell::new(Value::NONE),
            mode: Cell::new(Value::UNBOUND),
            newline: Cell::new(Newline::Translate),
            line_buffering: Cell::new(false),
            write_through: Cell::new(false),
            seekable: Cell::new(false),
            telling: Cell::new(false),
            has_read1: Cell::new(false),
            chunk_size: Cell::new(super::DEFAULT_BUFFER_SIZE),
            finalizing: Cell::new(false),
            reading: RefCell::default(),
            encoder: RefCell::new(None),
            copies: Cell::new(Copies::Nothing),
            pending: RefCell::default(),
        }
    }

    /// Over the stream `buffer`, of which is known what it can do: `readable`, `writable`, `seekable`.
    pub fn set_up(
        &self,
        buffer: &Value,
        setup: Setup,
        (readable, writable, seekable): (bool, bool, bool),
    ) -> Result<()> {
        let texts = (setup.encoding.clone(), setup.errors.clone());
        let (encoding, errors) = (texts.0.as_str().unwrap_or("utf-8"), texts.1.as_str().unwrap_or("strict"));
        let decoder = if readable { Some(Decoder::new(encoding, errors)?) } else { None };
        let encoder = if writable { Some(Encoder::new(encoding, errors)?) } else { None };
        if decoder.is_none() && encoder.is_none() {
            decoder::check(encoding)?;
        }
        drop(self.buffer.replace(buffer.clone()));
        let below = writer::exact(buffer).or_else(|| reader::exact(buffer));
        let file = below.map_or_else(|| buffer.clone(), |below| below.raw());
        let file = if fileio::exact(&file).is_some() { file } else { Value::UNBOUND };
        drop(self.file.replace(file));
        drop(self.encoding.replace(setup.encoding));
        drop(self.errors.replace(setup.errors));
        self.set_newline(setup.newline);
        self.line_buffering.set(setup.line_buffering);
        self.write_through.set(setup.write_through);
        self.seekable.set(seekable);
        self.telling.set(seekable);
        self.reading.borrow_mut().decoder = decoder;
        self.set_encoder(encoder);
        Ok(())
    }

    fn set_encoder(&self, encoder: Option<Encoder>) {
        self.copies.set(match &encoder {
            Some(encoder) if encoder.is_plain() => Copies::All,
            Some(encoder) if encoder.keeps_ascii() => Copies::Ascii,
            _ => Copies::Nothing,
        });
        self.encoder.replace(encoder);
    }

    fn set_newline(&self, newline: Newline) {
        self.newline.set(newline);
        let newlines = newline.is_universal().then(|| Newlines::new(newline == Newline::Translate));
        self.reading.borrow_mut().newlines = newlines;
    }

    /// Sets the attribute `mode`.
    pub fn set_mode(&self, mode: Value) {
        drop(self.mode.replace(mode));
    }

    /// Whether text has been read that counts for the current place.
    fn has_read(&self) -> bool {
        self.reading.borrow().snapshot.is_some()
    }
}

/// A new stream of text.
pub fn new() -> Value {
    Value::new(&TEXT_IO_WRAPPER, TextBody::new())
}

/// The fields of a stream whose `__init__` has run.
#[inline]
fn initialized(v: &Value) -> Result<&TextBody> {
    let body = body(v);
    if body.state.get() == State::New { uninitialized() } else { Ok(body) }
}

/// The fields of a stream that has a stream below.
#[inline]
pub fn attached(v: &Value) -> Result<&TextBody> {
    let body = body(v);
    match body.state.get() {
        State::Ready => Ok(body),
        State::New => uninitialized(),
        State::Detached => value_error("underlying buffer has been detached"),
    }
}

/// The fields of a stream that is not closed.
#[inline]
pub fn opened(v: &Value) -> Result<&TextBody> {
    let body = attached(v)?;
    let is_closed = if !super::has_plain_methods(v) { is_closed(v)? } else { closed(body)? };
    if is_closed { closed_file() } else { Ok(body) }
}

/// Whether the stream below is closed.
#[inline]
pub fn closed(body: &TextBody) -> Result<bool> {
    if let Some(file) = peek(&body.file).cast::<Boxed<FileBody>>() {
        return Ok(file.fd.get() < 0);
    }
    let buffer = peek(&body.buffer);
    if let Some(below) = writer::exact(&buffer).or_else(|| reader::exact(&buffer)) {
        return below.below_closed();
    }
    if bytesio::exact(&buffer) {
        return Ok(bytesio::is_closed(&buffer));
    }
    is_closed(&buffer)
}

fn ask_below(v: &Value, name: &'static str) -> Result {
    attached(v)?;
    method(&peek(&body(v).buffer), name, &[])
}

/// A text argument that may be `None`.
fn text_or_none(v: &Value, what: &str) -> Result<Option<Value>> {
    match v.as_bound().filter(|v| !v.is_none()) {
        None => Ok(None),
        Some(v) => match v.as_str() {
            Some(s) if s.contains('\0') => value_error("embedded null character"),
            Some(_) => Ok(Some(v.clone())),
            None => type_error(format!("{what} must be str or None, not {}", str::given(v))),
        },
    }
}

/// The name of the encoding that is used unless a program says otherwise.
fn default_encoding() -> Value {
    Value::str(if super::in_utf8_mode() { "utf-8" } else { "UTF-8" })
}

/// The encoding that an argument means.
fn encoding_of(given: Option<Value>) -> Value {
    match given {
        Some(v) if v.as_str() != Some("locale") => v,
        _ => default_encoding(),
    }
}

fn init(v: &Value, args: &[Value], names: Option<&Value>) -> Result<()> {
    let params = crate::sig!(
        "(buffer, encoding=None, errors=None, newline=None, line_buffering=False, write_through=False)"
    );
    let bound = bind_args("TextIOWrapper", params, args, names)?;
    // Whatever goes wrong, it is not what it was before.
    body(v).state.set(State::New);
    let newline = newline(&bound[3])?;
    let line_buffering = bound[4].as_bound().map_or(Ok(false), protocol::truth)?;
    let mut setup = setup(&bound[1], &bound[2], newline, line_buffering)?;
    setup.write_through = bound[5].as_bound().map_or(Ok(false), protocol::truth)?;
    open_over(v, &bound[0], setup)
}

/// From the argument `newline`.
pub fn newline(v: &Value) -> Result<Newline> {
    let newline = Newline::of(v);
    match (newline, v.as_str()) {
        (Some(newline), _) => Ok(newline),
        (None, Some(text)) => value_error(format!("illegal newline value: {text}")),
        (None, None) => {
            let given = v.ty().name();
            type_error(format!("TextIOWrapper() argument 'newline' must be str or None, not {given}"))
        }
    }
}

/// From the arguments `encoding` and `errors`.
pub fn setup(encoding: &Value, errors: &Value, newline: Newline, line_buffering: bool) -> Result<Setup> {
    let encoding = encoding_of(text_or_none(encoding, "TextIOWrapper() argument 'encoding'")?);
    let errors = match errors.as_bound().filter(|e| !e.is_none()) {
        Some(e) if e.as_str().is_none() => {
            let given = e.ty().name();
            return type_error(format!("TextIOWrapper() argument 'errors' must be str or None, not {given}"));
        }
        Some(e) => e.clone(),
        None => Value::str("strict"),
    };
    Ok(Setup { encoding, errors, newline, line_buffering, write_through: false })
}

/// What `__init__` does with the stream below.
pub fn open_over(v: &Value, buffer: &Value, setup: Setup) -> Result<()> {
    let body = body(v);
    body.state.set(State::New);
    decoder::check(setup.encoding.as_str().unwrap_or_default())?;
    let able = match abilities(buffer)? {
        Some(able) => able,
        None => (asks(buffer, "readable")?, asks(buffer, "writable")?, asks(buffer, "seekable")?),
    };
    body.reading.take();
    body.pending.take();
    body.set_up(buffer, setup, able)?;
    let has_read1 =
        reader::exact(buffer).is_some() || protocol::get_attr_opt(buffer, &intern_static("read1"))?.is_some();
    body.has_read1.set(has_read1);
    fix_start(body, buffer)?;
    body.state.set(State::Ready);
    Ok(())
}

/// Whether a stream can be read, written and moved in, if it is a plain one over an open file.
fn abilities(buffer: &Value) -> Result<Option<(bool, bool, bool)>> {
    let Some(below) = writer::exact(buffer).or_else(|| reader::exact(buffer)) else { return Ok(None) };
    let raw = below.raw();
    match fileio::exact(&raw).map(|file| (file, file.fd.get())) {
        Some((file, fd)) if fd >= 0 => {
            Ok(Some((below.readable.get(), below.writable.get(), file.can_seek(fd)?)))
        }
        _ => Ok(None),
    }
}

/// What is written in the middle of a stream does not begin with a mark.
fn fix_start(body: &TextBody, buffer: &Value) -> Result<()> {
    if body.seekable.get() && body.encoder.borrow().as_ref().is_some_and(|e| !e.keeps_ascii()) {
        let at = method(buffer, "tell", &[])?;
        if !protocol::equal(&at, &Value::small(0))?
            && let Some(encoder) = body.encoder.borrow_mut().as_mut()
        {
            encoder.set_start(false)?;
        }
    }
    Ok(())
}

/// `flush`
pub fn flush(v: &Value) -> Result<()> {
    let body = opened(v)?;
    body.telling.set(body.seekable.get());
    text_write::flush_pending(body)?;
    flush_below(body)
}

/// Flushes the stream below.
pub fn flush_below(body: &TextBody) -> Result<()> {
    let buffer = peek(&body.buffer);
    if writer::exact(&buffer).is_some() {
        return buffered::flush(&buffer);
    }
    let raw = reader::exact(&buffer).map(|b| b.raw());
    if raw.as_ref().or(Some(&buffer)).and_then(fileio::exact).is_some_and(|f| f.fd.get() >= 0) {
        return Ok(());
    }
    method(&buffer, "flush", &[]).map(drop)
}

/// `close`
pub fn close(v: &Value) -> Result<()> {
    let body = attached(v)?;
    let exact = super::has_plain_methods(v);
    if if exact { closed(body)? } else { is_closed(v)? } {
        return Ok(());
    }
    let buffer = peek(&body.buffer);
    if body.finalizing.get() {
        // A stream written in Python may know nothing of this.
        let _ = method(&buffer, "_dealloc_warn", std::slice::from_ref(v));
    }
    let flushed = if exact { flush(v) } else { method(v, "flush", &[]).map(drop) };
    let closed = match writer::exact(&buffer).or_else(|| reader::exact(&buffer)) {
        Some(_) => buffered::close(&buffer),
        None => method(&buffer, "close", &[]).map(drop),
    };
    super::chain(flushed, closed)
}

fn reconfigure(a: &[Value]) -> Result {
    let given = |i: usize| arg(a, i).as_bound().filter(|v| !v.is_none()).cloned();
    let body = attached(&a[0])?;
    let (encoding, errors) = (given(1), given(2));
    let newline_given = !arg(a, 3).is_unbound();
    let what = ["encoding", "errors"];
    for (name, v) in what.iter().zip([&encoding, &errors]) {
        if let Some(v) = v.as_ref().filter(|v| v.as_str().is_none()) {
            let given = v.ty().name();
            return type_error(format!("reconfigure() argument '{name}' must be str or None, not {given}"));
        }
    }
    if body.has_read() && (encoding.is_some() || errors.is_some() || newline_given) {
        return unsupported(
            "It is not possible to set the encoding or newline of stream after the first read",
        );
    }
    let newline = if newline_given { Some(newline(arg(a, 3))?) } else { None };
    let line_buffering = given(4).map(|v| protocol::truth(&v)).transpose()?;
    let write_through = given(5).map(|v| protocol::truth(&v)).transpose()?;
    method(&a[0], "flush", &[])?;
    if encoding.is_some() || errors.is_some() {
        let errors = errors.unwrap_or_else(|| match encoding {
            Some(_) => Value::str("strict"),
            None => peek(&body.errors),
        });
        let encoding = encoding.map_or_else(|| peek(&body.encoding), |e| encoding_of(Some(e)));
        let names = (encoding.as_str().unwrap_or_default(), errors.as_str().unwrap_or_default());
        decoder::check(names.0)?;
        if body.reading.borrow().decoder.is_some() {
            let decoder = Decoder::new(names.0, names.1)?;
            body.reading.borrow_mut().decoder = Some(decoder);
        }
        if body.encoder.borrow().is_some() {
            let encoder = Encoder::new(names.0, names.1)?;
            body.set_encoder(Some(encoder));
            fix_start(body, &peek(&body.buffer))?;
        }
        drop(body.encoding.replace(encoding.clone()));
        drop(body.errors.replace(errors.clone()));
    }
    if let Some(newline) = newline {
        body.set_newline(newline);
    }
    if let Some(yes) = line_buffering {
        body.line_buffering.set(yes);
    }
    if let Some(yes) = write_through {
        body.write_through.set(yes);
    }
    Ok(Value::NONE)
}

fn repr(v: &Value) -> Result {
    let body = initialized(v)?;
    let mut rest = String::new();
    if let Some(mode) = protocol::get_attr_opt(v, &intern_static("mode"))? {
        rest += &format!(" mode={}", protocol::repr_string(&mode)?);
    }
    rest += &format!(" encoding={}", protocol::repr_string(&peek(&body.encoding))?);
    base::repr_with_name(v, "_io.TextIOWrapper", &rest)
}
