//! Dictionaries, sets and slices against simple models. One test, because values belong to one thread.

use minipy::object::{Dict, Value};
use minipy::types::{set, slice};
use std::collections::BTreeSet;

/// A small pseudo-random generator, so that every run does the same.
struct Random(u64);

impl Random {
    fn below(&mut self, n: u64) -> i32 {
        self.0 = self.0.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
        ((self.0 >> 33) % n) as i32
    }
}

/// An insertion-ordered map, the slow way.
fn dict_behaves_like_a_list_of_pairs(random: &mut Random) {
    for round in 0..60 {
        let keys = [4, 12, 100, 5000][round % 4];
        let value = Dict::new();
        let dict = value.cast::<Dict>().expect("a dict");
        let mut model: Vec<(i32, i32)> = Vec::new();
        for step in 0..400 {
            let key = random.below(keys);
            let at = model.iter().position(|p| p.0 == key);
            match random.below(10) {
                0..=4 => {
                    dict.set(&Value::small(key), Value::small(step)).expect("ints are hashable");
                    match at {
                        Some(i) => model[i].1 = step,
                        None => model.push((key, step)),
                    }
                }
                5..=7 => {
                    let gone = dict.remove(&Value::small(key)).expect("ints are hashable");
                    assert_eq!(
                        gone.and_then(|v| v.as_inline_int()),
                        at.map(|i| i64::from(model.remove(i).1))
                    );
                }
                8 => {
                    let last = dict.pop_last().map(|(k, v)| (k.as_inline_int(), v.as_inline_int()));
                    let expected = model.pop().map(|(k, v)| (Some(i64::from(k)), Some(i64::from(v))));
                    assert_eq!(last, expected);
                }
                _ => {
                    let found = dict.get(&Value::small(key)).expect("ints are hashable");
                    assert_eq!(found.and_then(|v| v.as_inline_int()), at.map(|i| i64::from(model[i].1)));
                }
            }
            assert_eq!(dict.len(), model.len());
        }
        let items: Vec<_> =
            dict.items().iter().map(|(k, v)| (k.as_inline_int(), v.as_inline_int())).collect();
        let expected: Vec<_> = model.iter().map(|&(k, v)| (Some(i64::from(k)), Some(i64::from(v)))).collect();
        assert_eq!(items, expected);
    }
}

fn set_behaves_like_a_sorted_set(random: &mut Random) {
    for round in 0..60 {
        let keys = [4, 12, 100, 5000][round % 4];
        let value = set::new_empty();
        let set = value.cast::<set::Set>().expect("a set");
        let mut model = BTreeSet::new();
        for _ in 0..400 {
            let key = random.below(keys);
            match random.below(10) {
                0..=4 => {
                    set.add(&Value::small(key)).expect("ints are hashable");
                    model.insert(i64::from(key));
                }
                5..=7 => {
                    let there = set.discard(&Value::small(key)).expect("ints are hashable");
                    assert_eq!(there, model.remove(&i64::from(key)));
                }
                8 => match set.pop() {
                    Some(v) => assert!(v.as_inline_int().is_some_and(|i| model.remove(&i))),
                    None => assert!(model.is_empty()),
                },
                _ => {
                    let there = set.contains(&Value::small(key)).expect("ints are hashable");
                    assert_eq!(there, model.contains(&i64::from(key)));
                }
            }
            assert_eq!(set.len(), model.len());
        }
        let mut items: Vec<i64> = set.keys().iter().filter_map(Value::as_inline_int).collect();
        items.sort_unstable();
        assert!(items.into_iter().eq(model));
    }
}

fn slices_select_what_stepping_does(random: &mut Random) {
    for _ in 0..5000 {
        let len = random.below(8) as i64;
        let mut part = || (random.below(4) > 0).then(|| i64::from(random.below(25)) - 12);
        let (start, stop, step) = (part(), part(), part().filter(|&s| s != 0));
        let by = step.unwrap_or(1);
        let (low, high) = if by < 0 { (-1, len - 1) } else { (0, len) };
        let place = |i: i64| (if i < 0 { i + len } else { i }).clamp(low, high);
        let mut at = start.map_or(if by < 0 { high } else { low }, place);
        let end = stop.map_or(if by < 0 { low } else { high }, place);
        let mut expected = Vec::new();
        while if by < 0 { at > end } else { at < end } {
            expected.push(at as usize);
            at += by;
        }
        let value = |x: Option<i64>| x.map_or(Value::NONE, |i| Value::small(i as i32));
        let indices = slice::indices(&slice::new(value(start), value(stop), value(step)), len as usize)
            .expect("the parts are ints")
            .expect("it is a slice");
        assert!(indices.iter().eq(expected.iter().copied()), "{start:?}:{stop:?}:{step:?} of {len}");
        expected.sort_unstable();
        assert!(indices.ascending().iter().eq(expected));
    }
}

#[test]
fn containers_behave_like_their_models() {
    let random = &mut Random(42);
    dict_behaves_like_a_list_of_pairs(random);
    set_behaves_like_a_sorted_set(random);
    slices_select_what_stepping_does(random);
}
