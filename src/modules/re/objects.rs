//! `re.Pattern` and `re.Match`.

use super::matcher::{Ending, Matcher, Text, UNSET};
use super::program::{self, Program};
use super::replace::{self, Template};
use super::syntax::{Parsed, flags};
use crate::object::{Boxed, Compare, Dict, Layout, Result, Slots, Str, Type, Value, arg, intern};
use crate::protocol::{self, index_error, raise, type_error};
use crate::types::{bytes, exception, int, mappingproxy, str::STR};
use std::cell::RefCell;
use std::sync::Arc;

/// The fields of a pattern.
pub struct PatternBody {
    pub source: Value,
    pub is_bytes: bool,
    flags: u32,
    pub names: Vec<(String, u32)>,
    pub program: Arc<Program>,
    /// The last template that was used for a replacement.
    pub template: RefCell<Option<(Value, Arc<Template>)>>,
}

impl crate::object::Body for PatternBody {
    const TRACKED: bool = false;
    fn trace(&self, _: &mut crate::object::Tracer) {}
}

impl crate::object::BodyLayout for PatternBody {
    const LAYOUT: Layout = Layout::Pattern;
}

type Pattern = Boxed<PatternBody>;

/// A compiled pattern as an object.
pub fn pattern(source: Value, mut parsed: Parsed, is_bytes: bool) -> Value {
    let program = Arc::new(program::compile(&mut parsed, is_bytes));
    let body = PatternBody {
        source,
        is_bytes,
        flags: parsed.flags,
        names: parsed.names,
        program,
        template: RefCell::new(None),
    };
    Value::new(&PATTERN, body)
}

pub fn pat(v: &Value) -> &PatternBody {
    v.cast::<Pattern>().expect("methods are only called on their own type")
}

/// A text that is searched, and the part of it that counts, in bytes.
pub struct Subject {
    value: Value,
    /// The bytes of an object that may change.
    copy: Option<Vec<u8>>,
    pub start: usize,
    pub end: usize,
    /// What the program gave, in characters.
    pos: usize,
    endpos: usize,
}

impl Subject {
    pub fn new(p: &PatternBody, v: &Value, pos: &Value, endpos: &Value) -> Result<Subject> {
        let is_text = v.as_str().is_some();
        let fixed = is_text || bytes::as_bytes(v).is_some();
        let copy = if fixed { None } else { bytes::copy_of(v) };
        if !fixed && copy.is_none() {
            return type_error(format!("expected string or bytes-like object, got '{}'", v.ty().name()));
        }
        if is_text && p.is_bytes {
            return type_error("cannot use a bytes pattern on a string-like object");
        }
        if !is_text && !p.is_bytes {
            return type_error("cannot use a string pattern on a bytes-like object");
        }
        let mut s = Subject { value: v.clone(), copy, start: 0, end: 0, pos: 0, endpos: 0 };
        let len = s.length();
        let clip = |v: &Value, default: usize| match v.as_bound() {
            None => Ok(default),
            Some(n) => protocol::index_clipped(n).map(|n| n.clamp(0, len as i64) as usize),
        };
        s.endpos = clip(endpos, len)?;
        s.pos = clip(pos, 0)?.min(s.endpos);
        (s.start, s.end) = (s.byte_of(s.pos), s.byte_of(s.endpos));
        Ok(s)
    }

    pub fn text(&self) -> Text<'_> {
        match (self.value.as_str(), &self.copy) {
            (Some(s), _) => Text { data: s.as_bytes(), wide: !self.is_narrow() },
            (None, Some(copy)) => Text { data: copy, wide: false },
            (None, None) => Text { data: bytes::as_bytes(&self.value).unwrap_or_default(), wide: false },
        }
    }

    /// Whether characters are bytes.
    fn is_narrow(&self) -> bool {
        self.value.cast::<Str>().is_none_or(|s| s.is_ascii())
    }

    fn length(&self) -> usize {
        self.value.cast::<Str>().map_or_else(|| self.text().data.len(), |s| s.chars())
    }

    fn byte_of(&self, char: usize) -> usize {
        self.value.cast::<Str>().map_or(char, |s| s.byte_of(char))
    }

    /// How many characters some bytes are.
    fn count(&self, from: usize, to: usize) -> usize {
        self.value.cast::<Str>().map_or(to - from, |s| s.chars_in(from, to))
    }

    /// A part of the text.
    pub fn slice(&self, from: usize, to: usize) -> Value {
        match self.value.as_str() {
            Some(s) if to - from == s.len() && self.value.is_exact(&STR) => self.value.clone(),
            Some(s) if self.is_narrow() => Value::str_counted(&s[from..to], to - from),
            Some(s) => Value::str(&s[from..to]),
            None => bytes::from_slice(&self.text().data[from..to]),
        }
    }
}

/// The fields of a match. Positions are bytes.
pub struct MatchBody {
    pattern: Value,
    subject: Subject,
    slots: Vec<usize>,
    last: usize,
    /// The number of the character that the match begins with.
    first: usize,
}

impl crate::object::Body for MatchBody {
    const TRACKED: bool = false;
    fn trace(&self, _: &mut crate::object::Tracer) {}
}

impl crate::object::BodyLayout for MatchBody {
    const LAYOUT: Layout = Layout::Match;
}

type Match = Boxed<MatchBody>;

fn mat(v: &Value) -> &MatchBody {
    v.cast::<Match>().expect("methods are only called on their own type")
}

/// The match that the matcher has found; `first` is a byte with the number of its character.
fn found(p: &Value, s: &Subject, m: &Matcher, near: &mut (usize, usize)) -> Value {
    let begin = m.slots[0];
    *near = match begin >= near.0 {
        true => (begin, near.1 + s.count(near.0, begin)),
        false => (begin, s.count(0, begin)),
    };
    let subject = Subject { value: s.value.clone(), copy: s.copy.clone(), ..*s };
    let body = MatchBody { pattern: p.clone(), subject, slots: m.slots.clone(), last: m.last, first: near.1 };
    Value::new(&MATCH, body)
}

impl MatchBody {
    fn bytes(&self, group: usize) -> Option<(usize, usize)> {
        let (a, b) = (self.slots[group * 2], self.slots[group * 2 + 1]);
        if a == UNSET || b == UNSET { None } else { Some((a, b)) }
    }

    /// Beginning and end of a group in characters, -1 if it has not matched.
    fn span(&self, group: usize) -> (i64, i64) {
        let Some((a, b)) = self.bytes(group) else { return (-1, -1) };
        let zero = self.slots[0];
        let at = match a >= zero {
            true => self.first + self.subject.count(zero, a),
            false => self.first - self.subject.count(a, zero),
        };
        (at as i64, (at + self.subject.count(a, b)) as i64)
    }

    fn group(&self, i: usize) -> Option<Value> {
        self.bytes(i).map(|(a, b)| self.subject.slice(a, b))
    }

    fn groups(&self) -> usize {
        self.slots.len() / 2
    }

    /// The number of the group that an index or name stands for.
    fn index(&self, v: &Value) -> Result<usize> {
        if v.ty().slots().index.is_some() {
            if let Ok(i) = usize::try_from(protocol::index_clipped(v)?)
                && i < self.groups()
            {
                return Ok(i);
            }
        } else if let Some(name) = v.as_str()
            && let Some(n) = pat(&self.pattern).names.iter().find(|n| n.0 == name)
        {
            return Ok(n.1 as usize);
        }
        index_error("no such group")
    }
}

/// Runs the matcher once.
fn run(a: &[Value], how: impl Fn(&mut Matcher, usize) -> Result<bool>) -> Result {
    let p = pat(&a[0]);
    let s = Subject::new(p, &a[1], arg(a, 2), arg(a, 3))?;
    let mut m = Matcher::new(&p.program, s.text(), s.end);
    Ok(if how(&mut m, s.start)? { found(&a[0], &s, &m, &mut (s.start, s.pos)) } else { Value::NONE })
}

/// Calls `f` for each match of a text, from left to right, until it says stop.
pub fn each(p: &PatternBody, s: &Subject, mut f: impl FnMut(&Matcher) -> Result<bool>) -> Result<()> {
    let mut m = Matcher::new(&p.program, s.text(), s.end);
    let (mut at, mut ending) = (s.start, Ending::Anywhere);
    while at <= s.end && m.search(at, ending)? {
        if !f(&m)? {
            break;
        }
        let empty = m.slots[0] == m.slots[1];
        ending = if empty { Ending::Elsewhere } else { Ending::Anywhere };
        at = m.slots[1];
    }
    Ok(())
}

fn find_all(a: &[Value]) -> Result {
    let p = pat(&a[0]);
    let s = Subject::new(p, &a[1], arg(a, 2), arg(a, 3))?;
    let mut all = Vec::new();
    each(p, &s, |m| {
        let group = |i: usize| match (m.slots[i * 2], m.slots[i * 2 + 1]) {
            (UNSET, _) | (_, UNSET) => s.slice(0, 0),
            (from, to) => s.slice(from, to),
        };
        all.push(match p.program.groups {
            0 => group(0),
            1 => group(1),
            n => Value::tuple((1..=n).map(group).collect()),
        });
        Ok(true)
    })?;
    Ok(Value::list(all))
}

fn split(a: &[Value]) -> Result {
    let p = pat(&a[0]);
    let most = arg(a, 2).as_bound().map_or(Ok(0), protocol::index_i64)?;
    let s = Subject::new(p, &a[1], &Value::UNBOUND, &Value::UNBOUND)?;
    let (mut parts, mut from, mut n) = (Vec::new(), 0, 0);
    if most >= 0 {
        each(p, &s, |m| {
            parts.push(s.slice(from, m.slots[0]));
            for i in 1..=p.program.groups {
                parts.push(match (m.slots[i * 2], m.slots[i * 2 + 1]) {
                    (UNSET, _) | (_, UNSET) => Value::NONE,
                    (from, to) => s.slice(from, to),
                });
            }
            from = m.slots[1];
            n += 1;
            Ok(most == 0 || n < most)
        })?;
    }
    parts.push(s.slice(from, s.end));
    Ok(Value::list(parts))
}

/// `sub` and `subn`: the new text and how many replacements there are.
fn substitute(a: &[Value]) -> Result<(Value, i64)> {
    let p = pat(&a[0]);
    let most = arg(a, 3).as_bound().map_or(Ok(0), protocol::index_i64)?;
    let s = Subject::new(p, &a[2], &Value::UNBOUND, &Value::UNBOUND)?;
    let callable = a[1].ty().slots().call.is_some();
    let template = if callable { None } else { Some(replace::template(&a[0], &a[1])?) };
    let (mut out, mut from, mut n, mut near) = (Vec::new(), 0, 0, (0, 0));
    if most >= 0 {
        each(p, &s, |m| {
            out.extend_from_slice(&s.text().data[from..m.slots[0]]);
            match &template {
                Some(t) => t.fill(s.text().data, &m.slots, &mut out),
                None => {
                    let piece = protocol::call(&a[1], &[found(&a[0], &s, m, &mut near)])?;
                    if !piece.is_none() {
                        out.extend_from_slice(&replace::piece(&piece, p.is_bytes)?);
                    }
                }
            }
            from = m.slots[1];
            n += 1;
            Ok(most == 0 || n < most)
        })?;
    }
    if n == 0 {
        return Ok((s.slice(0, s.end), 0));
    }
    out.extend_from_slice(&s.text().data[from..s.end]);
    let text = if p.is_bytes {
        bytes::from_vec(out)
    } else {
        match std::str::from_utf8(&out) {
            Ok(t) => Value::str(t),
            Err(_) => return protocol::value_error("a replacement is no text"),
        }
    };
    Ok((text, n))
}

/// The names of flags, in the order in which they are shown.
const FLAG_NAMES: [(u32, &str); 8] = [
    (1, "re.TEMPLATE"),
    (flags::IGNORECASE, "re.IGNORECASE"),
    (flags::LOCALE, "re.LOCALE"),
    (flags::MULTILINE, "re.MULTILINE"),
    (flags::DOTALL, "re.DOTALL"),
    (flags::VERBOSE, "re.VERBOSE"),
    (flags::DEBUG, "re.DEBUG"),
    (flags::ASCII, "re.ASCII"),
];

fn pattern_repr(v: &Value) -> Result {
    let p = pat(v);
    let source: String = protocol::repr_string(&p.source)?.chars().take(200).collect();
    let mut set: Vec<&str> = FLAG_NAMES.iter().filter(|f| p.flags & f.0 != 0).map(|f| f.1).collect();
    let unknown = p.flags & !FLAG_NAMES.iter().fold(flags::UNICODE, |all, f| all | f.0);
    let shown = format!("{unknown:#x}");
    if unknown != 0 {
        set.push(&shown);
    }
    let comma = if set.is_empty() { "" } else { ", " };
    Ok(Value::str(&format!("re.compile({source}{comma}{})", set.join("|"))))
}

fn copy(a: &[Value]) -> Result {
    Ok(a[0].clone())
}

/// `re.Pattern`
pub static PATTERN: Type = Type::builtin::<Pattern>("re.Pattern", Layout::Pattern, "A compiled regular expression.", crate::defs! {
    fn "match(string, pos=0, endpos=9223372036854775807)" "Match at the start of the text, or None." => |a| run(a, |m, at| m.match_at(at, Ending::Anywhere));
    fn "fullmatch(string, pos=0, endpos=9223372036854775807)" "Match all of the text, or None." => |a| run(a, |m, at| m.match_at(at, Ending::AtEnd));
    fn "search(string, pos=0, endpos=9223372036854775807)" "Find the first match anywhere, or None." => |a| run(a, |m, at| m.search(at, Ending::Anywhere));
    fn "findall(string, pos=0, endpos=9223372036854775807)" "All that is found, as texts, or as tuples of groups." => find_all;
    fn "finditer(string, pos=0, endpos=9223372036854775807)" "An iterator over all that is found." => |a| {
        let s = Subject::new(pat(&a[0]), &a[1], arg(a, 2), arg(a, 3))?;
        Ok(scan(&ITERATOR, &a[0], s))
    };
    fn "scanner(string, pos=0, endpos=9223372036854775807)" "An object whose match() and search() go through the string." => |a| {
        let s = Subject::new(pat(&a[0]), &a[1], arg(a, 2), arg(a, 3))?;
        Ok(scan(&SCANNER, &a[0], s))
    };
    fn "split(string, maxsplit=0)" "The parts of the text between matches." => split;
    fn "sub(repl, string, count=0)" "The text with matches replaced." => |a| Ok(substitute(a)?.0);
    fn "subn(repl, string, count=0)" "The text with matches replaced, and how many there were." => |a| {
        let (text, n) = substitute(a)?;
        Ok(Value::tuple(vec![text, int::from_i64(n)]))
    };
    fn "__copy__()" "" => copy;
    fn "__deepcopy__(memo, /)" "" => copy;
    class "__class_getitem__(item, /)" "The class with parameters, as an alias." => crate::types::alias::class_getitem;
    member "pattern()" "The text of the expression." => |v| Ok(pat(v).source.clone());
    member "flags()" "The flags of the expression." => |v| Ok(int::from_i64(pat(v).flags as i64));
    member "groups()" "How many groups there are." => |v| Ok(int::from_usize(pat(v).program.groups));
    get "groupindex()" "The numbers of groups by name." => |v| {
        let index = group_index(pat(v));
        Ok(if pat(v).names.is_empty() { index } else { mappingproxy::new(index) })
    };
    fn "__reduce__()" "" => |a| {
        let compile = protocol::get_attr(&crate::vm::import::import_absolute("re")?, &intern("_compile"))?;
        let args = Value::tuple(vec![pat(&a[0]).source.clone(), int::from_i64(pat(&a[0]).flags as i64)]);
        Ok(Value::tuple(vec![compile, args]))
    };
})
.with_weakrefs()
.with_slots(Slots {
    repr: Some(pattern_repr),
    hash: Some(|v| Ok(protocol::hash(&pat(v).source)? ^ pat(v).flags as i64)),
    compare: Some(|a, b, op| {
        let (Some(y), Compare::Eq | Compare::Ne) = (b.cast::<Pattern>(), op) else {
            return Ok(Value::NOT_IMPLEMENTED);
        };
        let x = pat(a);
        let same = x.flags == y.flags && x.is_bytes == y.is_bytes && protocol::equal(&x.source, &y.source)?;
        Ok(Value::bool(same == (op == Compare::Eq)))
    }),
    ..Slots::EMPTY
});

fn group_index(p: &PatternBody) -> Value {
    let index = Dict::new();
    if let Some(d) = index.cast::<Dict>() {
        for (name, n) in &p.names {
            d.set_interned(&intern(name), int::from_i64(*n as i64));
        }
    }
    index
}

/// A method of matches that takes a group, the whole match by default.
fn of_group(a: &[Value]) -> Result<(i64, i64)> {
    let m = mat(&a[0]);
    Ok(m.span(arg(a, 1).as_bound().map_or(Ok(0), |g| m.index(g))?))
}

/// `re.Match`
pub static MATCH: Type = Type::builtin::<Match>("re.Match", Layout::Match, "What was found; always true.", crate::defs! {
    fn "group(*groups)" "group([group1, ...])\n\nThe text of one group, or a tuple of several; by default of all that was found." => |a| {
        let m = mat(&a[0]);
        let get = |g: &Value| Ok(m.group(m.index(g)?).unwrap_or(Value::NONE));
        match a[1].as_tuple().unwrap_or_default() {
            [] => Ok(m.group(0).unwrap_or(Value::NONE)),
            [one] => get(one),
            all => Ok(Value::tuple(all.iter().map(get).collect::<Result<_>>()?)),
        }
    };
    fn "groups(default=None)" "The texts of all groups." => |a| {
        let m = mat(&a[0]);
        let default = arg(a, 1).as_bound().cloned().unwrap_or(Value::NONE);
        Ok(Value::tuple((1..m.groups()).map(|i| m.group(i).unwrap_or_else(|| default.clone())).collect()))
    };
    fn "groupdict(default=None)" "The texts of the groups that have names." => |a| {
        let m = mat(&a[0]);
        let default = arg(a, 1).as_bound().cloned().unwrap_or(Value::NONE);
        let dict = Dict::new();
        if let Some(d) = dict.cast::<Dict>() {
            for (name, n) in &pat(&m.pattern).names {
                d.set_interned(&intern(name), m.group(*n as usize).unwrap_or_else(|| default.clone()));
            }
        }
        Ok(dict)
    };
    fn "start(group=0, /)" "Where a group starts." => |a| Ok(int::from_i64(of_group(a)?.0));
    fn "end(group=0, /)" "Where a group ends." => |a| Ok(int::from_i64(of_group(a)?.1));
    fn "span(group=0, /)" "Where a group starts and ends." => |a| Ok(pair(of_group(a)?));
    fn "expand(template)" "A template with the references to groups replaced." => |a| {
        let m = mat(&a[0]);
        let t = replace::template(&m.pattern, &a[1])?;
        let mut out = Vec::new();
        t.fill(m.subject.text().data, &m.slots, &mut out);
        Ok(if pat(&m.pattern).is_bytes { bytes::from_vec(out) } else { Value::str(&String::from_utf8_lossy(&out)) })
    };
    fn "__copy__()" "" => copy;
    fn "__deepcopy__(memo, /)" "" => copy;
    class "__class_getitem__(item, /)" "The class with parameters, as an alias." => crate::types::alias::class_getitem;
    member "string()" "The text that was searched." => |v| Ok(mat(v).subject.value.clone());
    member "re()" "The expression that found it." => |v| Ok(mat(v).pattern.clone());
    member "pos()" "Where the search started." => |v| Ok(int::from_usize(mat(v).subject.pos));
    member "endpos()" "Where the search had to end." => |v| Ok(int::from_usize(mat(v).subject.endpos));
    get "lastindex()" "The number of the group that was matched last." => |v| Ok(match mat(v).last {
        0 => Value::NONE,
        n => int::from_usize(n),
    });
    get "lastgroup()" "The name of the group that was matched last." => |v| {
        let m = mat(v);
        let name = pat(&m.pattern).names.iter().find(|n| m.last > 0 && n.1 as usize == m.last);
        Ok(name.map_or(Value::NONE, |n| Value::str(&n.0)))
    };
    get "regs()" "" => |v| Ok(Value::tuple((0..mat(v).groups()).map(|i| pair(mat(v).span(i))).collect()));
})
.with_slots(Slots {
    get_item: Some(|v, key| {
        let m = mat(v);
        Ok(m.group(m.index(key)?).unwrap_or(Value::NONE))
    }),
    repr: Some(|v| {
        let m = mat(v);
        let (a, b) = m.span(0);
        let text = protocol::repr_string(&m.group(0).unwrap_or(Value::NONE))?;
        let text: String = text.chars().take(50).collect();
        Ok(Value::str(&format!("<re.Match object; span=({a}, {b}), match={text}>")))
    }),
    ..Slots::EMPTY
});

fn pair((a, b): (i64, i64)) -> Value {
    Value::tuple(vec![int::from_i64(a), int::from_i64(b)])
}

/// What `finditer` and `scanner` go on with.
pub struct ScanBody {
    pattern: Value,
    subject: Subject,
    state: RefCell<Scan>,
}

struct Scan {
    /// The next byte; behind the end when there is nothing more.
    at: usize,
    ending: Ending,
    /// A byte and the number of its character.
    near: (usize, usize),
}

impl crate::object::Body for ScanBody {
    const TRACKED: bool = false;
    fn trace(&self, _: &mut crate::object::Tracer) {}
}

impl crate::object::BodyLayout for ScanBody {
    const LAYOUT: Layout = Layout::Scanner;
}

type Scanner = Boxed<ScanBody>;

fn scan(ty: &'static Type, pattern: &Value, subject: Subject) -> Value {
    let near = (subject.start, subject.pos);
    let state = RefCell::new(Scan { at: subject.start, ending: Ending::Anywhere, near });
    Value::new(ty, ScanBody { pattern: pattern.clone(), subject, state })
}

/// The next match of a scanner.
fn advance(v: &Value, search: bool) -> Result<Option<Value>> {
    let b = v.cast::<Scanner>().expect("methods are only called on their own type");
    let Ok(mut state) = b.state.try_borrow_mut() else {
        return Err(raise(&exception::RUNTIME_ERROR, "the scanner is in use"));
    };
    let s = &b.subject;
    if state.at > s.end {
        return Ok(None);
    }
    let mut m = Matcher::new(&pat(&b.pattern).program, s.text(), s.end);
    let good = if search { m.search(state.at, state.ending)? } else { m.match_at(state.at, state.ending)? };
    if !good {
        state.at = s.end + 1;
        return Ok(None);
    }
    let result = found(&b.pattern, s, &m, &mut state.near);
    state.ending = if m.slots[0] == m.slots[1] { Ending::Elsewhere } else { Ending::Anywhere };
    state.at = m.slots[1];
    Ok(Some(result))
}

/// What `finditer` gives.
pub static ITERATOR: Type = Type::builtin::<Scanner>("callable_iterator", Layout::Scanner, "", &[])
    .with_slots(Slots { iter: Some(|v| Ok(v.clone())), next: Some(|v| advance(v, true)), ..Slots::EMPTY });

/// What `scanner` gives.
pub static SCANNER: Type = Type::builtin::<Scanner>(
    "_sre.SRE_Scanner",
    Layout::Scanner,
    "",
    crate::defs! {
        fn "match()" "The next match at the place where the last one ended." => |a| Ok(advance(&a[0], false)?.unwrap_or(Value::NONE));
        fn "search()" "The next match." => |a| Ok(advance(&a[0], true)?.unwrap_or(Value::NONE));
        member "pattern()" "" => |v| Ok(v.cast::<Scanner>().map_or(Value::NONE, |s| s.pattern.clone()));
    },
);
