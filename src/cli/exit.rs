//! The end of the interpreter: modules are torn down in CPython's order, and objects finalised meanwhile.

use crate::modules::{at_fork, atexit, io, sys_settings};
use crate::object::weak::{self, WeakRef};
use crate::object::{Dict, Value, gc, heap, intern, lasting};
use crate::types::module::Module;
use crate::types::weakref::REF;
use crate::vm::{self, import};
use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, Ordering};

/// Stress mode `leaks`: [`teardown`] looks for objects that stay alive.
static LEAKS: AtomicBool = AtomicBool::new(false);

/// Turns the stress mode `leaks` on.
pub fn look_for_leaks() {
    LEAKS.store(true, Ordering::Relaxed);
}

/// Takes the modules away and finalises what only they kept alive: first each module that nobody else refers to,
/// then cycles, then the names in what is left of the others, the last imported first. `sys` and `builtins`
/// stay usable. In the stress mode `leaks` false if objects are left over then, which are reported.
pub fn teardown() -> bool {
    sys_settings::set_finalizing();
    let modules = import::modules();
    let Some(table) = modules.cast::<Dict>() else { return true };
    // Kept for those who print in a finalizer.
    let kept = ["sys", "builtins"].map(|n| table.get_interned(&intern(n)).cloned());
    if let Some(builtins) = vm::state().builtins.cast::<Dict>() {
        builtins.remove_interned(&intern("_"));
    }
    // As after a collection in CPython, which leaves the objects in the order in which it found them.
    let main = table.get_interned(&intern("__main__")).and_then(|m| Some(m.cast::<Module>()?.dict.id()));
    let first = main.filter(|_| gc::settings().enabled.get()).unwrap_or(0);
    let mut left = Vec::new();
    for (name, module) in table.items() {
        if module.cast::<Module>().is_some() {
            left.push(weak::new(&REF, &module, Value::UNBOUND));
        }
        // The items are a snapshot: this is the last reference but that of the table.
        drop(module);
        let _ = table.set(&name, Value::NONE);
    }
    table.clear();
    for (name, module) in ["sys", "builtins"].iter().zip(&kept) {
        if let Some(module) = module {
            table.set_interned(&intern(name), module.clone());
        }
    }
    gc::collect_from(2, first);
    for module in left.iter().rev().filter_map(|r| r.cast::<WeakRef>()?.target()) {
        if !kept.iter().flatten().any(|k| k.is(&module)) {
            clear_names(&module);
        }
    }
    drop(left);
    gc::collect(2);
    io::try_flush();
    // Daemon threads keep what they use.
    !LEAKS.load(Ordering::Relaxed) || minipy_sched::threads().len() > 1 || nothing_left(kept)
}

/// Sets the names of a module to `None`, those with an underscore first; `__builtins__` is needed to the end.
fn clear_names(module: &Value) {
    let Some(module) = module.cast::<Module>() else { return };
    let private = |name: &str| name.starts_with('_') && !name.starts_with("__");
    for first in [true, false] {
        for name in module.namespace().keys() {
            if name.as_str().is_some_and(|n| n != "__builtins__" && (private(n) || !first)) {
                let _ = module.namespace().set(&name, Value::NONE);
            }
        }
    }
}

/// Takes apart what an interpreter always has, and reports which objects are alive even so.
fn nothing_left(kept: [Option<Value>; 2]) -> bool {
    atexit::clear();
    at_fork::clear();
    sys_settings::clear();
    vm::signals::clear();
    crate::modules::decimal::clear();
    lasting::clear();
    drop(vm::Thread::current().context.replace(Value::UNBOUND));
    for list in [&gc::settings().callbacks, &gc::settings().garbage] {
        drop(list.replace(Value::UNBOUND));
    }
    for module in kept.iter().flatten().filter_map(Value::cast::<Module>) {
        module.namespace().clear();
    }
    drop(kept);
    let mut types = crate::builtins::all_types();
    types.extend(crate::modules::native::late_types());
    // Twice, since finalizers make the namespaces of types that nobody has looked into before.
    for _ in 0..2 {
        for ty in &types {
            if let Some(dict) = ty.made_dict() {
                // What has been found there is not remembered either.
                ty.version.set(0);
                dict.clear();
            }
        }
        gc::collect(2);
    }
    if let Some(modules) = vm::state().modules.cast::<Dict>() {
        modules.clear();
    }
    gc::collect(2);
    // What a built-in type itself has, and the two dictionaries above.
    let state = vm::state();
    let mut expected: Vec<Value> = types.iter().flat_map(|t| [t.bases(), t.mro_tuple()]).collect();
    expected.extend(types.iter().filter_map(|t| Some(t.made_dict()?.value())));
    expected.extend([state.modules.clone(), state.builtins.clone()]);
    let mut alive: BTreeMap<String, usize> = BTreeMap::new();
    for object in heap::mortal_objects() {
        if !expected.iter().any(|e| e.is(&object)) {
            *alive.entry(object.ty().name().to_owned()).or_default() += 1;
        }
    }
    if !alive.is_empty() {
        let list: Vec<String> = alive.iter().map(|(name, n)| format!("{n} {name}")).collect();
        eprintln!("minipy: objects are still alive: {}", list.join(", "));
    }
    alive.is_empty()
}
