//! `dict`: insertion-ordered hash table.
//!
//! Entries stand in insertion order; from nine entries on an index table (open addressing, linear probing)
//! maps hashes to them. A deleted entry stays as a tombstone until the table has as many entries as it may have, and
//! is rebuilt. How many these are is as in CPython, because a program that exchanges keys while it walks through a
//! dictionary meets some of them twice or never, and depends on it which. No reference into
//! the table is kept while Python code may run (`__eq__`, `__del__`): lookups that compare by `==` check
//! afterwards that the table is still the one they looked into.

use super::alloc::Boxed;
use super::string::Str;
use super::trace::{Trace, Tracer};
use super::types::Type;
use super::value::{Result, Value};
use crate::protocol;
use crate::types::{dict::DICT, str::STR};
use std::cell::{Cell, UnsafeCell};

/// A `dict` object.
pub type Dict = Boxed<DictBody>;

/// The fields of a `dict`.
#[derive(Default)]
pub struct DictBody {
    table: UnsafeCell<Table>,
    version: Cell<u64>,
}

crate::body!(DictBody: Dict { table });

#[derive(Clone)]
struct Entry {
    hash: i64,
    /// Unbound: a tombstone.
    key: Value,
    value: Value,
}

impl Trace for UnsafeCell<Table> {
    fn trace(&self, tracer: &mut Tracer) {
        // SAFETY: tracing changes no field, and nobody changes the table meanwhile.
        for e in unsafe { &(*self.get()).entries } {
            e.key.trace(tracer);
            e.value.trace(tracer);
        }
    }
}

#[derive(Default, Clone)]
struct Table {
    entries: Vec<Entry>,
    /// Empty, or a power of two of entry numbers plus one; 0 is free. A number may point to a tombstone.
    index: Box<[u32]>,
    live: usize,
    /// So many entries, tombstones included, may be written before the table is rebuilt.
    limit: usize,
    /// Before this entry there are only tombstones, so that a queue's first entry is found at once.
    first: usize,
}

const LINEAR: usize = 8;

static NEXT_VERSION: Versions = Versions(Cell::new(1));
struct Versions(Cell<u64>);
// SAFETY: only the holder of the GIL changes dictionaries.
unsafe impl Sync for Versions {}

fn next_version() -> u64 {
    let v = NEXT_VERSION.0.get() + 1;
    NEXT_VERSION.0.set(v);
    v
}

/// A fresh number for a type's version.
pub fn fresh_version() -> u64 {
    next_version()
}

/// How many entries CPython's table has room for that is made for `size` slots.
fn usable(size: usize) -> usize {
    let last = ((size | 8) - 1) | 7;
    (last + 1).next_power_of_two() * 2 / 3
}

/// The same for a table that shall hold `n` entries at once.
fn usable_for(n: usize) -> usize {
    usable((n * 3).div_ceil(2))
}

fn slot_of(hash: i64, mask: usize) -> usize {
    let h = hash as u64;
    (h ^ h >> 32).wrapping_mul(0x9E37_79B9_7F4A_7C15).rotate_right(40) as usize & mask
}

impl Table {
    /// The entry with this hash for which `same` holds.
    #[inline]
    fn find(&self, hash: i64, mut same: impl FnMut(&Value) -> bool) -> Option<usize> {
        if self.index.is_empty() {
            return self.entries.iter().position(|e| e.hash == hash && !e.key.is_unbound() && same(&e.key));
        }
        let mask = self.index.len() - 1;
        let mut slot = slot_of(hash, mask);
        loop {
            match self.index[slot] {
                0 => return None,
                n => {
                    let e = &self.entries[n as usize - 1];
                    if e.hash == hash && !e.key.is_unbound() && same(&e.key) {
                        return Some(n as usize - 1);
                    }
                }
            }
            slot = (slot + 1) & mask;
        }
    }

    fn push(&mut self, hash: i64, key: Value, value: Value) {
        if self.entries.len() >= self.limit {
            self.limit = usable(self.live * 3);
            self.rebuild();
        }
        let n = self.entries.len();
        if n == self.entries.capacity() {
            // Most dictionaries are small.
            self.entries.reserve_exact(if n == 0 { 4 } else { self.limit.saturating_sub(n).max(1) });
        }
        self.entries.push(Entry { hash, key, value });
        self.live += 1;
        let n = self.entries.len();
        if !self.index.is_empty() {
            self.link(n - 1);
        } else if n > LINEAR {
            self.reindex();
        }
    }

    /// A copy without tombstones, and with no more room than the entries need.
    fn compact(&self) -> Table {
        let mut copy = self.clone();
        let limit = usable_for(copy.live);
        if copy.live < copy.entries.len() || copy.limit > limit * 2 {
            copy.limit = limit;
            copy.rebuild();
        }
        copy
    }

    fn link(&mut self, i: usize) {
        let mask = self.index.len() - 1;
        let mut slot = slot_of(self.entries[i].hash, mask);
        while self.index[slot] != 0 {
            slot = (slot + 1) & mask;
        }
        self.index[slot] = i as u32 + 1;
    }

    /// Takes entry number `i` out of the index; those behind it move up.
    fn unlink(&mut self, i: usize) {
        let Some(mask) = self.index.len().checked_sub(1) else { return };
        let mut slot = slot_of(self.entries[i].hash, mask);
        while self.index[slot] != i as u32 + 1 {
            slot = (slot + 1) & mask;
        }
        let mut hole = slot;
        loop {
            slot = (slot + 1) & mask;
            let n = self.index[slot];
            if n == 0 {
                break;
            }
            let home = slot_of(self.entries[n as usize - 1].hash, mask);
            // It may move unless it would then stand before its home.
            if slot.wrapping_sub(home) & mask >= slot.wrapping_sub(hole) & mask {
                self.index[hole] = n;
                hole = slot;
            }
        }
        self.index[hole] = 0;
    }

    /// Takes the tombstones away.
    fn rebuild(&mut self) {
        self.entries.retain(|e| !e.key.is_unbound());
        self.first = 0;
        self.reindex();
    }

    fn reindex(&mut self) {
        let n = self.entries.len();
        let size = if n > LINEAR { (self.limit + self.limit / 2 + 1).next_power_of_two() } else { 0 };
        self.index = vec![0; size].into();
        if size > 0 {
            for i in 0..n {
                self.link(i);
            }
        }
    }

    fn remove(&mut self, i: usize) -> (Value, Value) {
        self.live -= 1;
        let e = &mut self.entries[i];
        let pair = (e.key.take(), e.value.take());
        if i == self.first {
            self.first += self.entries[i..].iter().take_while(|e| e.key.is_unbound()).count();
        }
        pair
    }

    /// Forgets the entries from number `i` on, which are tombstones.
    fn truncate(&mut self, i: usize) {
        while self.entries.len() > i {
            self.unlink(self.entries.len() - 1);
            self.entries.pop();
            self.limit -= 1;
        }
        self.first = self.first.min(i);
    }
}

/// Equality of keys that needs no Python code; `None` if it cannot tell.
#[inline]
fn quick_eq(a: &Value, b: &Value) -> Option<bool> {
    if a.is(b) {
        return Some(true);
    }
    match (a.as_str(), b.as_str()) {
        (Some(x), Some(y)) if compares_as_str(a) && compares_as_str(b) => Some(x == y),
        _ if a.is_inline_int() && b.is_inline_int() => Some(false),
        _ => None,
    }
}

/// Whether a string has no `==` of its own.
#[inline]
fn compares_as_str(v: &Value) -> bool {
    let slot = |ty: &Type| ty.slots().compare.map(|f| f as usize);
    v.is_exact(&STR) || slot(v.ty()) == slot(&STR)
}

impl Dict {
    /// A new empty dictionary, as a value.
    #[allow(clippy::new_ret_no_self)]
    pub fn new() -> Value {
        Value::new(&DICT, DictBody::default())
    }

    /// A new dictionary with room for `n` entries.
    pub fn with_capacity(n: usize) -> Value {
        let table = Table {
            entries: Vec::with_capacity(n),
            limit: if n > 5 { usable_for(n) } else { 5 },
            ..Table::default()
        };
        Value::new(&DICT, DictBody { table: UnsafeCell::new(table), version: Cell::new(0) })
    }

    #[inline(always)]
    fn table(&self) -> &Table {
        // SAFETY: the GIL is held, and no `&mut Table` outlives the function that takes it.
        unsafe { &*self.table.get() }
    }

    #[inline(always)]
    #[allow(clippy::mut_from_ref)]
    fn table_mut(&self) -> &mut Table {
        // SAFETY: as in `table`; functions that use it run no Python code and drop no value meanwhile.
        unsafe { &mut *self.table.get() }
    }

    /// Number of entries.
    #[inline(always)]
    #[allow(clippy::len_without_is_empty)]
    pub fn len(&self) -> usize {
        self.table().live
    }

    /// Changes when a key is added or removed, not when a value is replaced. Never 0.
    #[inline(always)]
    pub fn version(&self) -> u64 {
        if self.version.get() == 0 {
            self.version.set(next_version());
        }
        self.version.get()
    }

    fn keys_changed(&self) {
        self.version.set(0);
    }

    #[inline]
    fn find(&self, key: &Value, hash: i64) -> Result<Option<usize>> {
        if key.is_inline_int() {
            // Equal inline ints are the same word; a key of another type needs a closer look.
            let mut unsure = false;
            let found = self.table().find(hash, |k| {
                unsure |= !k.is_inline_int();
                k.is(key)
            });
            if !unsure || found.is_some() {
                return Ok(found);
            }
        }
        self.find_any(key, hash)
    }

    fn find_any(&self, key: &Value, hash: i64) -> Result<Option<usize>> {
        let mut unsure = false;
        let found = self.table().find(hash, |k| {
            quick_eq(k, key).unwrap_or_else(|| {
                unsure = true;
                false
            })
        });
        if !unsure { Ok(found) } else { self.find_slow(key, hash) }
    }

    /// The entry of `key`, an exact `str`. `None`: only `find` can tell, because a key of another type has the
    /// same hash.
    #[inline]
    fn find_str(&self, key: &Value, s: &Str) -> Option<Option<usize>> {
        let mut unsure = false;
        let found = self.table().find(s.hash(), |k| {
            // SAFETY: the objects of exactly `str` are `Str`s.
            k.is(key)
                || match unsafe { k.cast_exact::<Str>(&STR) } {
                    Some(k) => k.as_str() == s.as_str(),
                    None => {
                        unsure = true;
                        false
                    }
                }
        });
        if unsure { None } else { Some(found) }
    }

    /// The value of `key`, an exact `str`, borrowed until the dictionary changes. `None`: ask [`Dict::get`].
    #[inline]
    pub fn get_str(&self, key: &Value, s: &Str) -> Option<Option<&Value>> {
        Some(self.find_str(key, s)?.map(|i| &self.table().entries[i].value))
    }

    /// Compares by `==`, which may run Python code that changes this very table.
    #[cold]
    fn find_slow(&self, key: &Value, hash: i64) -> Result<Option<usize>> {
        'restart: loop {
            let version = self.version();
            let mut candidates = Vec::new();
            self.table().find(hash, |k| {
                candidates.push(k.clone());
                false
            });
            for k in candidates {
                if protocol::equal(&k, key)? {
                    if self.version.get() != version {
                        continue 'restart;
                    }
                    return Ok(self.table().find(hash, |x| x.is(&k)));
                }
                if self.version.get() != version {
                    continue 'restart;
                }
            }
            return Ok(None);
        }
    }

    /// The entry number of `name`, an interned string.
    #[inline]
    pub fn position_interned(&self, name: &Value) -> Option<usize> {
        let s = name.cast::<Str>()?;
        self.table().find(s.hash(), |k| k.is(name) || k.as_str() == Some(s.as_str()))
    }

    /// The value of `name`, an interned string. Borrowed: valid until the dictionary is changed.
    #[inline]
    pub fn get_interned(&self, name: &Value) -> Option<&Value> {
        self.position_interned(name).map(|i| &self.table().entries[i].value)
    }

    /// The value of entry number `i`, as long as the version is the one it was found in.
    #[inline(always)]
    pub fn entry_value(&self, i: usize) -> Option<&Value> {
        self.table().entries.get(i).map(|e| &e.value)
    }

    /// Replaces the value of entry number `i`.
    #[inline]
    pub fn set_entry_value(&self, i: usize, value: Value) {
        if let Some(e) = self.table_mut().entries.get_mut(i) {
            let old = std::mem::replace(&mut e.value, value);
            drop(old);
        }
    }

    /// Sets the value of `name`, an interned string.
    pub fn set_interned(&self, name: &Value, value: Value) {
        let Some(s) = name.cast::<Str>() else { return };
        match self.position_interned(name) {
            Some(i) => self.set_entry_value(i, value),
            None => {
                self.table_mut().push(s.hash(), name.clone(), value);
                self.keys_changed();
            }
        }
    }

    /// Removes `name`, an interned string; false if it was not there.
    pub fn remove_interned(&self, name: &Value) -> bool {
        let Some(i) = self.position_interned(name) else { return false };
        let pair = self.table_mut().remove(i);
        self.keys_changed();
        drop(pair);
        true
    }

    /// `self.get(key)`; raises what `__hash__` and `__eq__` raise.
    #[inline]
    pub fn get(&self, key: &Value) -> Result<Option<Value>> {
        let hash = protocol::hash(key)?;
        Ok(self.find(key, hash)?.map(|i| self.table().entries[i].value.clone()))
    }

    /// `self[key] = value`, where `key` is an exact `str` that is there already; otherwise `value` comes back.
    #[inline]
    pub fn replace_str(&self, key: &Value, s: &Str, value: Value) -> std::result::Result<(), Value> {
        match self.find_str(key, s) {
            Some(Some(i)) => {
                self.set_entry_value(i, value);
                Ok(())
            }
            _ => Err(value),
        }
    }

    /// `self[key] = value`
    #[inline]
    pub fn set(&self, key: &Value, value: Value) -> Result<()> {
        let hash = protocol::hash(key)?;
        match self.find(key, hash)? {
            Some(i) => self.set_entry_value(i, value),
            None => {
                self.table_mut().push(hash, key.clone(), value);
                self.keys_changed();
            }
        }
        Ok(())
    }

    /// Counts `key`, which has a small number or is not there yet; false: it has something else.
    pub fn count(&self, key: &Value) -> Result<bool> {
        let hash = protocol::hash(key)?;
        let Some(i) = self.find(key, hash)? else {
            self.table_mut().push(hash, key.clone(), Value::small(1));
            self.keys_changed();
            return Ok(true);
        };
        let count = self.table().entries[i].value.as_inline_int().and_then(|n| Value::inline_int(n + 1));
        let counted = count.is_some();
        if let Some(n) = count {
            self.set_entry_value(i, n);
        }
        Ok(counted)
    }

    /// Removes a key and returns its value.
    pub fn remove(&self, key: &Value) -> Result<Option<Value>> {
        let hash = protocol::hash(key)?;
        let Some(i) = self.find(key, hash)? else { return Ok(None) };
        let (key, value) = self.table_mut().remove(i);
        self.keys_changed();
        drop(key);
        Ok(Some(value))
    }

    /// As [`Dict::get`], for a key whose hash is known.
    pub fn get_hashed(&self, key: &Value, hash: i64) -> Result<Option<Value>> {
        Ok(self.find(key, hash)?.map(|i| self.table().entries[i].value.clone()))
    }

    /// As [`Dict::set`], for a key whose hash is known.
    pub fn set_hashed(&self, key: &Value, hash: i64, value: Value) -> Result<()> {
        match self.find(key, hash)? {
            Some(i) => self.set_entry_value(i, value),
            None => {
                self.table_mut().push(hash, key.clone(), value);
                self.keys_changed();
            }
        }
        Ok(())
    }

    /// The hash of the key of entry number `i`.
    pub fn entry_hash(&self, i: usize) -> Option<i64> {
        self.table().entries.get(i).map(|e| e.hash)
    }

    /// Removes and returns the last entry.
    pub fn pop_last(&self) -> Option<(Value, Value)> {
        let i = self.table().entries.iter().rposition(|e| !e.key.is_unbound())?;
        self.keys_changed();
        let table = self.table_mut();
        let pair = table.remove(i);
        table.truncate(i);
        Some(pair)
    }

    /// Removes and returns the first entry.
    pub fn pop_first(&self) -> Option<(Value, Value)> {
        let (i, ..) = self.next_entry(0)?;
        self.keys_changed();
        Some(self.table_mut().remove(i))
    }

    /// Moves a key to the end or to the beginning; false if it is not there. The latter takes linear time.
    pub fn move_to_end(&self, key: &Value, last: bool) -> Result<bool> {
        let hash = protocol::hash(key)?;
        let Some(i) = self.find(key, hash)? else { return Ok(false) };
        if (if last { self.prev_entry(self.end()) } else { self.next_entry(0) }).is_some_and(|e| e.0 == i) {
            return Ok(true);
        }
        self.keys_changed();
        let table = self.table_mut();
        let (key, value) = table.remove(i);
        if last {
            table.push(hash, key, value);
        } else {
            table.entries.insert(0, Entry { hash, key, value });
            table.live += 1;
            table.rebuild();
        }
        Ok(true)
    }

    /// Removes everything.
    pub fn clear(&self) {
        let old = std::mem::take(self.table_mut());
        self.keys_changed();
        drop(old);
    }

    /// The first entry at or after entry number `i`: its number, key and value. For iterators.
    #[inline]
    pub fn next_entry(&self, i: usize) -> Option<(usize, &Value, &Value)> {
        let i = i.max(self.table().first);
        let entries = self.table().entries.get(i..)?;
        entries.iter().enumerate().find(|(_, e)| !e.key.is_unbound()).map(|(n, e)| (i + n, &e.key, &e.value))
    }

    /// The number of the next entry to be written: where reverse iterators start.
    pub fn end(&self) -> usize {
        self.table().entries.len()
    }

    /// The last entry before entry number `i`.
    pub fn prev_entry(&self, i: usize) -> Option<(usize, &Value, &Value)> {
        let entries = &self.table().entries;
        let entries = &entries[..i.min(entries.len())];
        entries
            .iter()
            .enumerate()
            .rev()
            .find(|(_, e)| !e.key.is_unbound())
            .map(|(n, e)| (n, &e.key, &e.value))
    }

    /// The entries, while nothing changes them.
    pub fn entries(&self) -> impl Iterator<Item = (&Value, &Value)> {
        self.table().entries.iter().filter(|e| !e.key.is_unbound()).map(|e| (&e.key, &e.value))
    }

    /// A snapshot of the keys.
    pub fn keys(&self) -> Vec<Value> {
        self.table().entries.iter().filter(|e| !e.key.is_unbound()).map(|e| e.key.clone()).collect()
    }

    /// A snapshot of the entries.
    pub fn items(&self) -> Vec<(Value, Value)> {
        let live = self.table().entries.iter().filter(|e| !e.key.is_unbound());
        live.map(|e| (e.key.clone(), e.value.clone())).collect()
    }

    /// Takes over all entries of `other`; false if there are some here.
    pub fn fill_from(&self, other: &Dict) -> bool {
        if self.len() > 0 {
            return false;
        }
        let old = std::mem::replace(self.table_mut(), other.table().compact());
        self.keys_changed();
        drop(old);
        true
    }

    /// A shallow copy, as a value.
    pub fn copy(&self) -> Value {
        let table = self.table();
        let table = if table.live < table.entries.len() * 2 / 3 { table.compact() } else { table.clone() };
        Value::new(&DICT, DictBody { table: UnsafeCell::new(table), version: Cell::new(0) })
    }
}
