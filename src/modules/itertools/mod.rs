//! `itertools`: iterators that are made of others.

mod combine;
mod group;
mod infinite;
mod pass;
mod select;
mod tee;

use super::native::class;
use crate::object::{Def, Slots};

/// What all of them have in common: they are their own `iter()`.
const ITERATOR: Slots = Slots { iter: Some(|v| Ok(v.clone())), ..Slots::EMPTY };

/// The table of `itertools`.
pub static DEFS: &[Def] = crate::defs! {
    val "accumulate()" "" => || class(&pass::ACCUMULATE);
    val "chain()" "" => || class(&pass::CHAIN);
    val "combinations()" "" => || class(&combine::COMBINATIONS);
    val "combinations_with_replacement()" "" => || class(&combine::WITH_REPLACEMENT);
    val "compress()" "" => || class(&select::COMPRESS);
    val "count()" "" => || class(&infinite::COUNT);
    val "cycle()" "" => || class(&infinite::CYCLE);
    val "dropwhile()" "" => || class(&select::DROP_WHILE);
    val "filterfalse()" "" => || class(&select::FILTER_FALSE);
    val "groupby()" "" => || class(&group::GROUP_BY);
    val "islice()" "" => || class(&select::SLICER);
    val "pairwise()" "" => || class(&pass::PAIRWISE);
    val "permutations()" "" => || class(&combine::PERMUTATIONS);
    val "product()" "" => || class(&combine::PRODUCT);
    val "repeat()" "" => || class(&infinite::REPEAT);
    val "starmap()" "" => || class(&pass::STAR_MAP);
    val "takewhile()" "" => || class(&select::TAKE_WHILE);
    val "zip_longest()" "" => || class(&pass::ZIP_LONGEST);
    val "_grouper()" "" => || class(&group::GROUPER);
    val "_tee()" "" => || class(&tee::TEE);
    val "_tee_dataobject()" "" => || class(&tee::TEE_DATA);
    fn "tee(iterable, n=2, /)" "Return a tuple of n iterators over the same items." => tee::tee;
};
