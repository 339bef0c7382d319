//! The hash table of sets.
//!
//! Programs print sets, so their order shows. The table therefore probes, grows and copies by the same rules
//! as CPython 3.11's (sizes, probe sequence, growth), which makes sets of small numbers come out in the
//! same order. The table itself never runs Python code: see `SetBody::find` for keys that need `==`.

use crate::object::{Trace, Tracer, Value};

const MIN_SIZE: usize = 8;
const LINEAR_PROBES: usize = 9;
const PERTURB_SHIFT: u32 = 5;

/// A key and its hash.
#[derive(Clone)]
pub struct Entry {
    /// Unbound: never used, or used before.
    pub key: Value,
    /// 0 if never used, -1 if used before (no object hashes to -1).
    pub hash: i64,
}

impl Entry {
    const FREE: Entry = Entry { key: Value::UNBOUND, hash: 0 };

    /// Whether it holds a key.
    #[inline(always)]
    pub fn is_live(&self) -> bool {
        !self.key.is_unbound()
    }

    #[inline(always)]
    fn is_free(&self) -> bool {
        self.key.is_unbound() && self.hash == 0
    }
}

/// An open-addressing table.
#[derive(Clone)]
pub struct Table {
    /// A power of two of entries, or empty before the first key.
    entries: Vec<Entry>,
    /// Entries that are not free.
    fill: usize,
    /// Entries that hold a key.
    used: usize,
    /// Where `pop` goes on looking.
    finger: usize,
}

impl Trace for Table {
    fn trace(&self, tracer: &mut Tracer) {
        self.entries.iter().for_each(|e| e.key.trace(tracer));
    }
}

/// Where a key belongs.
#[derive(Clone, Copy)]
pub enum Spot {
    /// It is there.
    Taken,
    /// It may be added there, where a key has been before.
    Abandoned(usize),
    /// It may be added there.
    Free(usize),
}

/// How many places after the first of a group are tried with it.
#[inline(always)]
fn neighbours(group: usize, mask: usize) -> usize {
    if group + LINEAR_PROBES <= mask { LINEAR_PROBES } else { 0 }
}

impl Table {
    /// An empty table.
    pub const fn new() -> Table {
        Table { entries: Vec::new(), fill: 0, used: 0, finger: 0 }
    }

    /// Number of keys.
    #[inline(always)]
    pub fn len(&self) -> usize {
        self.used
    }

    /// Number of entries minus one.
    pub fn mask(&self) -> usize {
        self.entries.len().max(MIN_SIZE) - 1
    }

    /// All entries.
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// The first key at or after place `i`, with its place.
    #[inline]
    pub fn next_key(&self, i: usize) -> Option<(usize, &Entry)> {
        let rest = self.entries.get(i..)?;
        rest.iter().position(Entry::is_live).map(|n| (i + n, &rest[n]))
    }

    /// The place of the key with this hash for which `same` holds.
    #[inline]
    pub fn find(&self, hash: i64, mut same: impl FnMut(&Value) -> bool) -> Option<usize> {
        if self.used == 0 {
            return None;
        }
        let mask = self.entries.len() - 1;
        let (mut group, mut perturb) = (hash as usize & mask, hash as u64);
        // Most keys stand at the first place.
        let first = &self.entries[group];
        if first.hash == hash && first.is_live() {
            if same(&first.key) {
                return Some(group);
            }
        } else if first.is_free() {
            return None;
        }
        let mut seen = 1;
        loop {
            let entries = &self.entries[group + seen..=group + neighbours(group, mask)];
            for (i, e) in entries.iter().enumerate() {
                if e.hash == hash && e.is_live() {
                    if same(&e.key) {
                        return Some(group + seen + i);
                    }
                } else if e.is_free() {
                    return None;
                }
            }
            seen = 0;
            perturb >>= PERTURB_SHIFT;
            group = (group * 5).wrapping_add(1).wrapping_add(perturb as usize) & mask;
        }
    }

    /// Whether there is a key with this hash for which `same` holds, and if not, where it is to be added.
    #[inline]
    pub fn locate(&self, hash: i64, mut same: impl FnMut(&Value) -> bool) -> Spot {
        if self.entries.is_empty() {
            return Spot::Free(hash as usize & (MIN_SIZE - 1));
        }
        let mask = self.entries.len() - 1;
        let (mut group, mut perturb) = (hash as usize & mask, hash as u64);
        // The last place that was abandoned on the way is used again.
        let mut abandoned = None;
        let first = &self.entries[group];
        if first.is_live() {
            if first.hash == hash && same(&first.key) {
                return Spot::Taken;
            }
        } else if first.hash == 0 {
            return Spot::Free(group);
        } else {
            abandoned = Some(group);
        }
        let mut seen = 1;
        loop {
            let entries = &self.entries[group + seen..=group + neighbours(group, mask)];
            for (i, e) in entries.iter().enumerate() {
                if e.is_live() {
                    if e.hash == hash && same(&e.key) {
                        return Spot::Taken;
                    }
                } else if e.hash == 0 {
                    return abandoned.map_or(Spot::Free(group + seen + i), Spot::Abandoned);
                } else {
                    abandoned = Some(group + seen + i);
                }
            }
            seen = 0;
            perturb >>= PERTURB_SHIFT;
            group = (group * 5).wrapping_add(1).wrapping_add(perturb as usize) & mask;
        }
    }

    /// Adds a key that is not there yet.
    pub fn insert(&mut self, key: Value, hash: i64) {
        let spot = self.locate(hash, |_| false);
        self.insert_at(spot, key, hash);
    }

    /// Adds a key where [`Table::locate`] has found that it belongs. Nothing if it is there.
    #[inline]
    pub fn insert_at(&mut self, spot: Spot, key: Value, hash: i64) {
        let at = match spot {
            Spot::Taken => return,
            Spot::Abandoned(at) => at,
            Spot::Free(at) => {
                if self.entries.is_empty() {
                    self.entries = vec![Entry::FREE; MIN_SIZE];
                }
                self.fill += 1;
                at
            }
        };
        self.entries[at] = Entry { key, hash };
        self.used += 1;
        if matches!(spot, Spot::Free(_)) && self.fill * 5 >= self.mask() * 3 {
            self.resize(self.grown());
        }
    }

    /// How many keys a table that is full should make room for.
    pub fn grown(&self) -> usize {
        if self.used > 50_000 { self.used * 2 } else { self.used * 4 }
    }

    /// Moves the keys to a table with more than `room` entries, in the order of their places.
    pub fn resize(&mut self, room: usize) {
        let mut size = MIN_SIZE;
        while size <= room {
            size *= 2;
        }
        let old = std::mem::replace(&mut self.entries, vec![Entry::FREE; size]);
        self.fill = self.used;
        for e in old {
            if e.is_live() {
                self.place(e);
            }
        }
    }

    /// Puts an entry to its place in a table without abandoned entries, without counting it.
    #[inline]
    fn place(&mut self, e: Entry) {
        let mask = self.entries.len() - 1;
        let (mut group, mut perturb) = (e.hash as usize & mask, e.hash as u64);
        if !self.entries[group].is_live() {
            self.entries[group] = e;
            return;
        }
        loop {
            let entries = &mut self.entries[group..=group + neighbours(group, mask)];
            if let Some(free) = entries.iter_mut().find(|e| !e.is_live()) {
                *free = e;
                return;
            }
            perturb >>= PERTURB_SHIFT;
            group = (group * 5).wrapping_add(1).wrapping_add(perturb as usize) & mask;
        }
    }

    /// Makes room for `more` keys before a merge.
    pub fn reserve_for_merge(&mut self, more: usize) {
        if (self.fill + more) * 5 >= self.mask() * 3 {
            self.resize((self.used + more) * 2);
        }
    }

    /// Fills an empty table, with room reserved, from another. False if this table is not empty.
    pub fn fill_from(&mut self, other: &Table) -> bool {
        if self.fill != 0 {
            return false;
        }
        if self.mask() == other.mask() && other.fill == other.used {
            self.entries = other.entries.clone();
        } else {
            if self.entries.is_empty() {
                self.entries = vec![Entry::FREE; MIN_SIZE];
            }
            for e in other.entries.iter().filter(|e| e.is_live()) {
                self.place(e.clone());
            }
        }
        self.fill = other.used;
        self.used = other.used;
        true
    }

    /// Removes the key at place `at`.
    pub fn remove(&mut self, at: usize) -> Value {
        let e = &mut self.entries[at];
        e.hash = -1;
        self.used -= 1;
        e.key.take()
    }

    /// Removes some key.
    pub fn pop(&mut self) -> Option<Value> {
        if self.used == 0 {
            return None;
        }
        let from = self.finger & (self.entries.len() - 1);
        let (at, _) = self.next_key(from).or_else(|| self.next_key(0))?;
        self.finger = at + 1;
        Some(self.remove(at))
    }

    /// Whether so many entries are abandoned that the table should be cleaned after a difference.
    pub fn is_littered(&self) -> bool {
        self.fill - self.used > self.mask() / 4
    }
}
