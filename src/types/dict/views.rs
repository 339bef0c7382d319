//! `keys()`, `values()` and `items()`, and their iterators.

use crate::object::{BinOp, Boxed, Compare, Dict, Layout, Result, Slots, Type, Value, arg};
use crate::protocol::{self, runtime_error};
use crate::types::iterators::{ITERATOR, LastPair};
use crate::types::{int, iterator_state, mappingproxy, sequence, set};
use std::cell::Cell;

/// Which part of the entries a view shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// The keys.
    Keys,
    /// The values.
    Values,
    /// Pairs.
    Items,
}

/// A view of a dictionary.
pub struct DictView {
    dict: Value,
    part: Part,
}

/// An iterator over a dictionary.
pub struct DictIter {
    /// Unbound when used up.
    dict: Cell<Value>,
    part: Part,
    backwards: bool,
    /// How many entries the dictionary had at the start; impossibly many after it was seen to have others.
    len: Cell<usize>,
    /// How many of them are left.
    left: Cell<usize>,
    /// The next entry number to look at (backwards: the last one seen).
    at: Cell<usize>,
    last: LastPair,
}

crate::body!(DictView: DictView { dict });
crate::body!(DictIter: DictIterator { dict, last });

macro_rules! view_defs {
    () => {
        crate::defs! {
            get "mapping()" "The dictionary that it is a view of." => |v| Ok(mappingproxy::new(this(v)?.dict.clone()));
            fn "isdisjoint(other, /)" "Whether there is no common item." => view_isdisjoint;
            fn "__reversed__()" "Return a reverse iterator over the view." => |a| Ok(iterator(&this(&a[0])?.dict, this(&a[0])?.part, true));
        }
    };
}

/// The slots of a view that is like a set.
const SET_LIKE: Slots = Slots {
    repr: Some(view_repr),
    len: Some(|v| Ok(dict_of(&this(v)?.dict).map_or(0, |d| d.len()))),
    iter: Some(|v| Ok(iterator(&this(v)?.dict, this(v)?.part, false))),
    contains: Some(view_contains),
    compare: Some(view_compare),
    binary: {
        let mut ops = Slots::EMPTY.binary;
        ops[BinOp::And as usize] = Some(|a, b| view_op(BinOp::And, a, b));
        ops[BinOp::Or as usize] = Some(|a, b| view_op(BinOp::Or, a, b));
        ops[BinOp::Xor as usize] = Some(|a, b| view_op(BinOp::Xor, a, b));
        ops[BinOp::Sub as usize] = Some(|a, b| view_op(BinOp::Sub, a, b));
        ops
    },
    ..Slots::EMPTY
};

/// The type of `{}.keys()`.
pub static DICT_KEYS: Type =
    Type::builtin::<Boxed<DictView>>("dict_keys", Layout::DictView, "", view_defs!()).with_slots(SET_LIKE);

/// The type of `{}.items()`.
pub static DICT_ITEMS: Type =
    Type::builtin::<Boxed<DictView>>("dict_items", Layout::DictView, "", view_defs!()).with_slots(SET_LIKE);

/// The type of `{}.values()`.
pub static DICT_VALUES: Type = Type::builtin::<Boxed<DictView>>(
    "dict_values",
    Layout::DictView,
    "",
    crate::defs! {
        get "mapping()" "The dictionary that it is a view of." => |v| Ok(mappingproxy::new(this(v)?.dict.clone()));
        fn "__reversed__()" "The values in reverse order." => |a| Ok(iterator(&this(&a[0])?.dict, Part::Values, true));
    },
)
.with_slots(Slots { compare: None, contains: None, binary: [None; 13], ..SET_LIKE });

macro_rules! iterator_types {
    ($($name:ident = $py:literal $doc:literal;)*) => { $(
        #[doc = $doc]
        pub static $name: Type = Type::builtin::<Boxed<DictIter>>(
            $py,
            Layout::DictIterator,
            "",
            crate::defs! {
                fn "__length_hint__()" "About how many items are to come." => length_hint;
                fn "__reduce__()" "How to make it again, for pickle and copy." => reduce;
            },
        )
        .with_slots(Slots { next: Some(iter_next), ..ITERATOR });
    )* };
}

iterator_types! {
    DICT_KEY_ITERATOR = "dict_keyiterator" "The type of `iter({})`.";
    DICT_VALUE_ITERATOR = "dict_valueiterator" "The type of `iter({}.values())`.";
    DICT_ITEM_ITERATOR = "dict_itemiterator" "The type of `iter({}.items())`.";
    DICT_REVERSE_KEY_ITERATOR = "dict_reversekeyiterator" "The type of `reversed({})`.";
    DICT_REVERSE_VALUE_ITERATOR = "dict_reversevalueiterator" "The type of `reversed({}.values())`.";
    DICT_REVERSE_ITEM_ITERATOR = "dict_reverseitemiterator" "The type of `reversed({}.items())`.";
}

/// A view of `dict`.
pub fn view(dict: Value, part: Part) -> Value {
    let ty = match part {
        Part::Keys => &DICT_KEYS,
        Part::Values => &DICT_VALUES,
        Part::Items => &DICT_ITEMS,
    };
    Value::new(ty, DictView { dict, part })
}

/// A view of `dict` whose type is derived from one of those above.
pub fn view_of(dict: &Value, part: Part, ty: &'static Type) -> Value {
    Value::new(ty, DictView { dict: dict.clone(), part })
}

/// The dictionary that a view shows.
pub fn viewed(view: &Value) -> Value {
    view.cast::<Boxed<DictView>>().map_or(Value::NONE, |v| v.dict.clone())
}

/// An iterator over `dict`.
pub fn iterator(dict: &Value, part: Part, backwards: bool) -> Value {
    let ty = match (part, backwards) {
        (Part::Keys, false) => &DICT_KEY_ITERATOR,
        (Part::Values, false) => &DICT_VALUE_ITERATOR,
        (Part::Items, false) => &DICT_ITEM_ITERATOR,
        (Part::Keys, true) => &DICT_REVERSE_KEY_ITERATOR,
        (Part::Values, true) => &DICT_REVERSE_VALUE_ITERATOR,
        (Part::Items, true) => &DICT_REVERSE_ITEM_ITERATOR,
    };
    let len = dict_of(dict).map_or(0, |d| d.len());
    let at = dict_of(dict).filter(|_| backwards).map_or(0, |d| d.end());
    let iter = DictIter {
        dict: Cell::new(dict.clone()),
        part,
        backwards,
        len: Cell::new(len),
        left: Cell::new(len),
        at: Cell::new(at),
        last: LastPair::default(),
    };
    Value::new(ty, iter)
}

/// Whether an iterator over a dictionary has given as many items as there were at its start.
pub fn is_used_up(iterator: &Value) -> bool {
    iterator.cast::<Boxed<DictIter>>().is_none_or(|it| it.left.get() == 0)
}

fn dict_of(v: &Value) -> Option<&Dict> {
    v.cast::<Dict>()
}

fn this(v: &Value) -> Result<&DictView> {
    match v.cast::<Boxed<DictView>>() {
        Some(view) => Ok(&view.body),
        None => protocol::type_error(format!("expected a dictionary view, not '{}'", v.ty().name())),
    }
}

impl DictIter {
    /// The next key and value of a dictionary that has not changed; `None` at the end, and for what
    /// [`iter_next`] has to say.
    #[inline]
    pub fn at_hand(&self) -> Option<(Value, Value)> {
        let holder = self.dict.replace(Value::UNBOUND);
        let entry = dict_of(&holder)
            .filter(|dict| dict.len() == self.len.get() && !self.backwards && self.left.get() > 0)
            .and_then(|dict| dict.next_entry(self.at.get()));
        let pair = entry.map(|(at, key, value)| {
            self.left.set(self.left.get() - 1);
            self.at.set(at + 1);
            (key.clone(), value.clone())
        });
        self.dict.set(holder);
        pair
    }
}

fn iter_next(v: &Value) -> Result<Option<Value>> {
    let Some(it) = v.cast::<Boxed<DictIter>>() else { return Ok(None) };
    let holder = it.dict.replace(Value::UNBOUND);
    let Some(dict) = dict_of(&holder) else { return Ok(None) };
    if dict.len() != it.len.get() {
        it.len.set(usize::MAX);
        it.dict.set(holder);
        return runtime_error("dictionary changed size during iteration");
    }
    let found = if it.backwards { dict.prev_entry(it.at.get()) } else { dict.next_entry(it.at.get()) };
    let Some((at, key, value)) = found else { return Ok(None) };
    if it.left.get() == 0 && !it.backwards {
        return runtime_error("dictionary keys changed during iteration");
    }
    it.left.set(it.left.get().saturating_sub(1));
    it.at.set(if it.backwards { at } else { at + 1 });
    let item = match it.part {
        Part::Keys => key.clone(),
        Part::Values => value.clone(),
        Part::Items => it.last.next(key.clone(), value.clone()),
    };
    it.dict.set(holder);
    Ok(Some(item))
}

/// `iter([the items that are left])`
fn reduce(a: &[Value]) -> Result {
    let Some(it) = a[0].cast::<Boxed<DictIter>>() else { return Ok(Value::NONE) };
    let holder = it.dict.replace(Value::UNBOUND);
    it.dict.set(holder.clone());
    let rest = DictIter {
        dict: Cell::new(holder),
        part: it.part,
        backwards: it.backwards,
        len: it.len.clone(),
        left: it.left.clone(),
        at: it.at.clone(),
        last: LastPair::default(),
    };
    let rest = protocol::collect(&Value::new(&DICT_KEY_ITERATOR, rest))?;
    iterator_state::afresh(Value::list(rest))
}

fn length_hint(a: &[Value]) -> Result {
    let Some(it) = a[0].cast::<Boxed<DictIter>>() else { return Ok(Value::small(0)) };
    let holder = it.dict.replace(Value::UNBOUND);
    let unchanged = dict_of(&holder).is_some_and(|d| d.len() == it.len.get());
    it.dict.set(holder);
    Ok(int::from_i64(if unchanged { it.left.get() as i64 } else { 0 }))
}

fn view_repr(v: &Value) -> Result {
    let view = this(v)?;
    let text = sequence::repr_once(v, || {
        let items = protocol::collect(v)?;
        Ok(format!("{}([{}])", v.ty().name(), sequence::repr_items(|i| items.get(i).cloned())?))
    })?;
    debug_assert!(dict_of(&view.dict).is_some());
    Ok(Value::str(text.as_deref().unwrap_or("...")))
}

fn view_contains(v: &Value, x: &Value) -> Result<bool> {
    let view = this(v)?;
    let Some(dict) = dict_of(&view.dict) else { return Ok(false) };
    match view.part {
        Part::Keys => Ok(dict.get(x)?.is_some()),
        Part::Items => match x.as_tuple() {
            Some([key, value]) => match dict.get(key)? {
                Some(found) => protocol::equal(&found, value),
                None => Ok(false),
            },
            _ => Ok(false),
        },
        Part::Values => Ok(false),
    }
}

fn is_set_like(v: &Value) -> bool {
    set::is_any_set(v) || v.cast::<Boxed<DictView>>().is_some_and(|d| d.part != Part::Values)
}

fn all_in(items: &Value, container: &Value) -> Result<bool> {
    let it = protocol::iter(items)?;
    while let Some(item) = protocol::next(&it)? {
        if !protocol::contains(container, &item)? {
            return Ok(false);
        }
    }
    Ok(true)
}

fn view_compare(a: &Value, b: &Value, op: Compare) -> Result {
    if !is_set_like(b) {
        return Ok(Value::NOT_IMPLEMENTED);
    }
    let (n, m) = (protocol::len(a)?, protocol::len(b)?);
    let holds = match op {
        Compare::Eq => n == m && all_in(a, b)?,
        Compare::Ne => !(n == m && all_in(a, b)?),
        Compare::Lt => n < m && all_in(a, b)?,
        Compare::Le => n <= m && all_in(a, b)?,
        Compare::Gt => n > m && all_in(b, a)?,
        Compare::Ge => n >= m && all_in(b, a)?,
    };
    Ok(Value::bool(holds))
}

/// A view with any iterable, or a set with a view: a new set.
fn view_op(op: BinOp, a: &Value, b: &Value) -> Result {
    if b.ty().slots().iter.is_none() && b.ty().slots().get_item.is_none() {
        return protocol::type_error(format!("'{}' object is not iterable", b.ty().name()));
    }
    if op == BinOp::And {
        // Which operand is walked decides the order of the result: as CPython.
        let is_view = |v: &Value| v.cast::<Boxed<DictView>>().is_some();
        let (mut view, mut other) = if is_view(a) { (a, b) } else { (b, a) };
        let swap = if set::is_any_set(other) {
            protocol::len(view)? <= protocol::len(other)?
        } else {
            is_view(other) && protocol::len(other)? > protocol::len(view)?
        };
        if swap {
            (view, other) = (other, view);
        }
        let common = set::new_empty();
        protocol::for_each(other, |x| {
            if protocol::contains(view, &x)? { set::add(&common, &x) } else { Ok(()) }
        })?;
        return Ok(common);
    }
    // A dictionary makes room for all its keys at once, which their order depends on.
    let keys = a.cast::<Boxed<DictView>>().filter(|v| v.part == Part::Keys && v.dict.is_exact(&super::DICT));
    let out = set::from_iterable(keys.map_or(a, |v| &v.dict))?;
    match op {
        BinOp::Or => set::update(&out, b)?,
        BinOp::Sub => set::difference_update(&out, b)?,
        _ => set::symmetric_difference_update(&out, b)?,
    }
    Ok(out)
}

fn view_isdisjoint(a: &[Value]) -> Result {
    let it = protocol::iter(arg(a, 1))?;
    while let Some(item) = protocol::next(&it)? {
        if protocol::contains(&a[0], &item)? {
            return Ok(Value::FALSE);
        }
    }
    Ok(Value::TRUE)
}
