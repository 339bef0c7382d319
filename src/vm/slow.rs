//! What instructions do when their fast path does not apply.

use super::code::{CodeObject, Site, SiteKind};
use super::thread::{Frame, Thread};
use crate::object::{Attrs, BinOp, Compare, Dict, List, Raised, Result, Str, StrWriter, Type, Value, intern};
use crate::protocol::{self, call, raise, type_error, value_error};
use crate::types::function::{CellBody, CellObject, FUNCTION, FunctionBody, METHOD_DESCRIPTOR};
use crate::types::{dict::DICT, exception, int, list::LIST, members, set, str::STR, tuple::TUPLE};
use minipy_bytecode::op::{INPLACE, KILL_B, KILL_C, SWAP};
use minipy_bytecode::{Instr, Op};

/// Drops the values of `n` registers from number `first` on; they hold valid words that own nothing then.
///
/// # Safety
/// They are registers of a live window.
#[inline(always)]
pub unsafe fn clear(regs: *mut Value, first: usize, n: usize) {
    for i in first..first + n {
        // SAFETY: as the caller promises.
        unsafe {
            if (*regs.add(i)).is_pointer() {
                drop((*regs.add(i)).take());
            }
        }
    }
}

/// Moves `n` values out of registers.
///
/// # Safety
/// They are registers of a live window.
pub unsafe fn take_all(regs: *mut Value, first: u16, n: u16) -> Vec<Value> {
    // SAFETY: as the caller promises.
    (first as usize..first as usize + n as usize).map(|i| unsafe { (*regs.add(i)).take() }).collect()
}

/// A binary operator whose operands are not two inline numbers that the loop knows to combine. An operand
/// that dies here (a temporary, or a register that the result overwrites) may be changed into the result: big
/// integers and strings grow in place. True if a frame was pushed whose result [`finish_operator`] is to be given.
///
/// # Safety
/// `regs` is the window of the instruction `i`, which the running frame's `pc` is behind; `right` is its right
/// operand: register `c` or, if `constant`, a constant.
pub unsafe fn arith(
    th: &Thread,
    op: BinOp,
    i: Instr,
    regs: *mut Value,
    right: *const Value,
    constant: bool,
) -> Result<bool> {
    // SAFETY: as the caller promises; the two operands are different places when both are changed.
    unsafe {
        let left = &*regs.add(i.b as usize);
        if left.is_pointer() || (*right).is_pointer() {
            return arith_objects(th, op, i, regs, right, constant);
        }
        // A mixture of int and float: the loop handles the others.
        if let (Some(x), Some(y)) = (exact_float(left), exact_float(&*right))
            && !(left.is_inline_int() && (*right).is_inline_int())
        {
            let (x, y) = if i.x & SWAP == 0 { (x, y) } else { (y, x) };
            let v = match op {
                BinOp::Add => x + y,
                BinOp::Sub => x - y,
                BinOp::Mul => x * y,
                BinOp::Div if y != 0.0 => x / y,
                _ => return arith_objects(th, op, i, regs, right, constant),
            };
            drop(std::mem::replace(&mut *regs.add(i.a as usize), crate::types::float::from_f64(v)));
            return Ok(false);
        }
        arith_objects(th, op, i, regs, right, constant)
    }
}

/// [`arith`] for all but floats.
///
/// # Safety
/// As [`arith`].
#[inline(never)]
unsafe fn arith_objects(
    th: &Thread,
    op: BinOp,
    i: Instr,
    regs: *mut Value,
    right: *const Value,
    constant: bool,
) -> Result<bool> {
    // SAFETY: as the caller promises; the two operands are different places when both are changed.
    unsafe {
        let left = regs.add(i.b as usize);
        let same = std::ptr::eq(left, right);
        let left_dies = !same && (i.x & KILL_B != 0 || i.a == i.b);
        let right_dies = !same && !constant && (i.x & KILL_C != 0 || i.a == i.c);
        let swap = i.x & SWAP != 0;
        if left_dies && grow(op, &mut *left, &*right, swap) {
            let v = (*left).take();
            if i.x & KILL_C != 0 && !constant {
                drop((*right.cast_mut()).take());
            }
            drop(std::mem::replace(&mut *regs.add(i.a as usize), v));
            return Ok(false);
        }
        if right_dies && int::update(op, &mut *right.cast_mut(), &*left, true) {
            let v = (*right.cast_mut()).take();
            if i.x & KILL_B != 0 {
                drop((*left).take());
            }
            drop(std::mem::replace(&mut *regs.add(i.a as usize), v));
            return Ok(false);
        }
        let (l, r) = if swap { (&*right, &*left) } else { (&*left, &*right) };
        let in_place = i.x & INPLACE != 0;
        if l.ty().is_heap()
            && let Some(f) = protocol::operator_function(op, in_place, l, r)
            && super::calls::call_operator(th, f, l, r)
        {
            return Ok(true);
        }
        let v = if in_place { inplace(op, l, r)? } else { binary(op, l, r)? };
        finish_binary(i, regs, constant, v);
        Ok(false)
    }
}

/// The operands that die with the instruction do, and its result takes its place.
unsafe fn finish_binary(i: Instr, regs: *mut Value, constant: bool, v: Value) {
    // SAFETY: registers of the instruction's window.
    unsafe {
        if i.x & KILL_B != 0 {
            drop((*regs.add(i.b as usize)).take());
        }
        if i.x & KILL_C != 0 && !constant {
            drop((*regs.add(i.c as usize)).take());
        }
        drop(std::mem::replace(&mut *regs.add(i.a as usize), v));
    }
}

/// Finishes an instruction whose operands a Python function has been called with, which has returned `result`.
///
/// # Safety
/// `regs` and `consts` are those of the frame that the instruction `i` belongs to.
pub unsafe fn finish_operator(i: Instr, regs: *mut Value, consts: *const Value, result: Value) -> Result<()> {
    // SAFETY: as the caller promises.
    unsafe {
        let Some((op, constant)) = operator_of(i.op) else {
            finish_binary(i, regs, i.op == Op::GetItemK, result);
            return Ok(());
        };
        let v = if result.is(&Value::NOT_IMPLEMENTED) {
            let left = &*regs.add(i.b as usize);
            let right = if constant { &*consts.add(i.c as usize) } else { &*regs.add(i.c as usize) };
            let (l, r) = if i.x & SWAP != 0 { (right, left) } else { (left, right) };
            protocol::operator_rest(op, i.x & INPLACE != 0, l, r)?
        } else {
            result
        };
        finish_binary(i, regs, constant, v);
        Ok(())
    }
}

/// The operator of an arithmetic instruction, and whether its right operand is a constant.
fn operator_of(op: Op) -> Option<(BinOp, bool)> {
    Some(match op {
        Op::Add => (BinOp::Add, false),
        Op::Sub => (BinOp::Sub, false),
        Op::Mul => (BinOp::Mul, false),
        Op::Div => (BinOp::Div, false),
        Op::FloorDiv => (BinOp::FloorDiv, false),
        Op::Mod => (BinOp::Mod, false),
        Op::Pow => (BinOp::Pow, false),
        Op::MatMul => (BinOp::MatMul, false),
        Op::LShift => (BinOp::LShift, false),
        Op::RShift => (BinOp::RShift, false),
        Op::And => (BinOp::And, false),
        Op::Or => (BinOp::Or, false),
        Op::Xor => (BinOp::Xor, false),
        Op::AddK => (BinOp::Add, true),
        Op::SubK => (BinOp::Sub, true),
        Op::MulK => (BinOp::Mul, true),
        Op::DivK => (BinOp::Div, true),
        Op::FloorDivK => (BinOp::FloorDiv, true),
        Op::ModK => (BinOp::Mod, true),
        Op::PowK => (BinOp::Pow, true),
        Op::LShiftK => (BinOp::LShift, true),
        Op::RShiftK => (BinOp::RShift, true),
        Op::AndK => (BinOp::And, true),
        Op::OrK => (BinOp::Or, true),
        Op::XorK => (BinOp::Xor, true),
        _ => return None,
    })
}

/// An inline number as a float, if that is exact.
fn exact_float(v: &Value) -> Option<f64> {
    match v.as_inline_int() {
        Some(i) if i.unsigned_abs() <= 1 << 53 => Some(i as f64),
        Some(_) => None,
        None => v.as_inline_float(),
    }
}

/// Changes `a` into `a op b` (`b op a` with `swap`) if its memory can be reused.
fn grow(op: BinOp, a: &mut Value, b: &Value, swap: bool) -> bool {
    if op == BinOp::Add
        && !swap
        && a.is_exact(&STR)
        && b.is_exact(&STR)
        && let Some(s) = b.cast::<Str>()
    {
        return a.append_in_place(s);
    }
    int::update(op, a, b, swap)
}

/// Whether the operators of two values cannot have been overridden by a class.
fn plain(a: &Value, b: &Value) -> bool {
    !a.ty().is_heap() && !b.ty().is_heap()
}

/// `a op b`
fn binary(op: BinOp, a: &Value, b: &Value) -> Result {
    if plain(a, b)
        && let Some(r) = int::arithmetic(op, a, b)
    {
        return r;
    }
    if op == BinOp::Add
        && a.is_exact(&STR)
        && b.is_exact(&STR)
        && let (Some(x), Some(y)) = (a.cast::<Str>(), b.cast::<Str>())
    {
        return Ok(Value::str_concat(x, y));
    }
    protocol::binary(op, a, b)
}

/// `a op= b`
fn inplace(op: BinOp, a: &Value, b: &Value) -> Result {
    if plain(a, b)
        && let Some(r) = int::arithmetic(op, a, b)
    {
        return r;
    }
    protocol::inplace(op, a, b)
}

/// `-v`
pub fn neg(v: &Value) -> Result {
    match v.as_inline_int().and_then(|i| Value::inline_int(-i)) {
        Some(r) => Ok(r),
        None => match v.as_inline_float() {
            Some(f) => Ok(crate::types::float::from_f64(-f)),
            None => protocol::neg(v),
        },
    }
}

/// `bool(a op b)`
pub fn compare_bool(a: &Value, b: &Value, op: Compare) -> Result<bool> {
    if let (Some(x), Some(y)) = (a.as_str(), b.as_str())
        && a.is_exact(&STR)
        && b.is_exact(&STR)
    {
        return Ok(op.holds(x.cmp(y)));
    }
    protocol::compare_bool(a, b, op)
}

/// `UnboundLocalError`
#[cold]
pub fn unbound_local(name: &Value) -> Raised {
    let n = name.as_str().unwrap_or_default();
    let text = format!("cannot access local variable '{n}' where it is not associated with a value");
    let e = raise(&exception::UNBOUND_LOCAL_ERROR, text);
    exception::set_field(&e.0, "name", name.clone());
    e
}

/// `NameError: name 'x' is not defined`
#[cold]
pub fn name_not_defined(name: &Value) -> Raised {
    let e =
        raise(&exception::NAME_ERROR, format!("name '{}' is not defined", name.as_str().unwrap_or_default()));
    exception::set_field(&e.0, "name", name.clone());
    e
}

/// Looks a global up and fills the cache.
#[cold]
pub fn load_global(site: &Site, globals: &Dict, builtins: &Dict) -> Result {
    if let Some(i) = globals.position_interned(&site.name) {
        site.version.set(globals.version());
        site.kind.set(SiteKind::Own);
        site.index.set(i as u32);
        return Ok(globals.entry_value(i).cloned().unwrap_or(Value::NONE));
    }
    if let Some(i) = builtins.position_interned(&site.name) {
        site.version.set(globals.version());
        site.kind.set(SiteKind::Builtin);
        site.shape.set(builtins.version() as *const _);
        site.index.set(i as u32);
        return Ok(builtins.entry_value(i).cloned().unwrap_or(Value::NONE));
    }
    Err(name_not_defined(&site.name))
}

/// A name in the namespace of a class body, if it is there.
pub fn namespace_get(locals: &Value, name: &Value) -> Result<Option<Value>> {
    if locals.is_exact(&DICT)
        && let Some(d) = locals.cast::<Dict>()
    {
        return Ok(d.get_interned(name).cloned());
    }
    if locals.is_unbound() {
        return Ok(None);
    }
    match protocol::get_item(locals, name) {
        Ok(v) => Ok(Some(v)),
        Err(e) if e.0.ty().is_subtype(&exception::KEY_ERROR) => Ok(None),
        Err(e) => Err(e),
    }
}

/// Locals, then globals, then builtins.
pub fn load_name(locals: &Value, globals: &Dict, builtins: &Dict, name: &Value) -> Result {
    if let Some(v) = namespace_get(locals, name)? {
        return Ok(v);
    }
    globals
        .get_interned(name)
        .or_else(|| builtins.get_interned(name))
        .cloned()
        .ok_or_else(|| name_not_defined(name))
}

/// Stores into the namespace; without one, into the globals.
pub fn store_name(locals: &Value, globals: &Dict, name: &Value, value: Value) -> Result<()> {
    match locals.cast::<Dict>() {
        Some(d) if locals.is_exact(&DICT) => d.set_interned(name, value),
        None if locals.is_unbound() => globals.set_interned(name, value),
        _ => return protocol::set_item(locals, name, value),
    }
    Ok(())
}

/// Deletes from the namespace.
pub fn delete_name(locals: &Value, globals: &Dict, name: &Value) -> Result<()> {
    let gone = match locals.cast::<Dict>() {
        Some(d) if locals.is_exact(&DICT) => d.remove_interned(name),
        None if locals.is_unbound() => globals.remove_interned(name),
        _ => return protocol::delete_item(locals, name),
    };
    if gone { Ok(()) } else { Err(name_not_defined(name)) }
}

/// A register that holds a cell.
#[inline(always)]
pub fn cell(v: &Value) -> &CellBody {
    v.cast::<CellObject>().expect("the compiler makes a cell before it is used")
}

/// A cell's content; `NameError` of the right kind if it is empty.
#[inline]
pub fn cell_content(v: &Value, name: &Value, free: bool) -> Result {
    let content = cell(v).get();
    if !content.is_unbound() {
        return Ok(content);
    }
    Err(if free { unbound_free(name) } else { unbound_local(name) })
}

/// `NameError` for a variable of an enclosing function that is unbound.
#[cold]
pub fn unbound_free(name: &Value) -> Raised {
    let n = name.as_str().unwrap_or_default();
    let text = format!(
        "cannot access free variable '{n}' where it is not associated with a value in enclosing scope"
    );
    raise(&exception::NAME_ERROR, text)
}

/// `{...}` of these items.
pub fn build_set(items: Vec<Value>) -> Result {
    let set = set::new_empty();
    items.iter().try_for_each(|v| set::add(&set, v))?;
    Ok(set)
}

/// `{...}` of these keys and values.
pub fn build_dict(items: Vec<Value>) -> Result {
    let dict = Dict::with_capacity(items.len() / 2);
    if let Some(d) = dict.cast::<Dict>() {
        let mut items = items.into_iter();
        while let (Some(k), Some(v)) = (items.next(), items.next()) {
            d.set(&k, v)?;
        }
    }
    Ok(dict)
}

/// The parts of an f-string, joined.
///
/// # Safety
/// They are registers of a live window, and hold strings.
pub unsafe fn build_string(regs: *mut Value, first: u16, n: u16) -> Value {
    // SAFETY: as the caller promises.
    unsafe {
        let parts = std::slice::from_raw_parts(regs.add(first as usize), n as usize);
        let strings = || parts.iter().filter_map(|p| p.cast::<Str>());
        let (len, chars) = strings().fold((0, 0), |(len, chars), s| (len + s.len(), chars + s.chars()));
        let text = match StrWriter::new(len, chars) {
            Some(mut out) => {
                strings().for_each(|s| out.push(s.as_str()));
                out.finish()
            }
            None => std::alloc::handle_alloc_error(std::alloc::Layout::new::<Str>()),
        };
        clear(regs, first as usize, n as usize);
        text
    }
}

/// `[*v]`
pub fn list_extend(list: &Value, v: &Value) -> Result<()> {
    let Some(l) = list.cast::<List>() else { return Ok(()) };
    if v.ty().slots().iter.is_none() && v.ty().slots().get_item.is_none() {
        return type_error(format!("Value after * must be an iterable, not {}", v.ty().name()));
    }
    crate::types::list::extend(l, v)
}

fn is_mapping(v: &Value) -> Result<bool> {
    Ok(v.cast::<Dict>().is_some() || protocol::get_attr_opt(v, &intern("keys"))?.is_some())
}

fn mapping_items(v: &Value) -> Result<Vec<(Value, Value)>> {
    if let Some(d) = v.cast::<Dict>() {
        return Ok(d.items());
    }
    let mut out = Vec::new();
    for k in protocol::collect(&protocol::call_method(v, "keys", &[])?)? {
        let x = protocol::get_item(v, &k)?;
        out.push((k, x));
    }
    Ok(out)
}

/// `{**v}`
pub fn dict_update(dict: &Value, v: &Value) -> Result<()> {
    if !is_mapping(v)? {
        return type_error(format!("'{}' object is not a mapping", v.ty().name()));
    }
    if let Some(d) = dict.cast::<Dict>() {
        for (k, x) in mapping_items(v)? {
            d.set(&k, x)?;
        }
    }
    Ok(())
}

fn callee_name(f: &Value) -> String {
    let name = protocol::get_attr_opt(f, &intern("__qualname__")).ok().flatten();
    let Some(name) = name.as_ref().and_then(Value::as_str) else {
        return protocol::str_string(f).unwrap_or_default();
    };
    let module = protocol::get_attr_opt(f, &intern("__module__")).ok().flatten();
    match module.as_ref().and_then(Value::as_str) {
        Some(m) if m != "builtins" => format!("{m}.{name}()"),
        _ => format!("{name}()"),
    }
}

/// `f(**v)`
pub fn dict_merge(dict: &Value, v: &Value, f: &Value) -> Result<()> {
    if !is_mapping(v)? {
        return type_error(format!(
            "{} argument after ** must be a mapping, not {}",
            callee_name(f),
            v.ty().name()
        ));
    }
    let Some(d) = dict.cast::<Dict>() else { return Ok(()) };
    for (k, x) in mapping_items(v)? {
        if d.get(&k)?.is_some() {
            let key = protocol::str_string(&k)?;
            return type_error(format!(
                "{} got multiple values for keyword argument '{key}'",
                callee_name(f)
            ));
        }
        d.set(&k, x)?;
    }
    Ok(())
}

/// `f(*args, **kwargs)`
pub fn call_ex(f: &Value, args: &Value, kwargs: &Value) -> Result {
    if args.ty().slots().iter.is_none() && args.ty().slots().get_item.is_none() {
        return type_error(format!(
            "{} argument after * must be an iterable, not {}",
            callee_name(f),
            args.ty().name()
        ));
    }
    let mut all = protocol::collect(args)?;
    let mut names = Vec::new();
    if let Some(d) = kwargs.cast::<Dict>() {
        for (k, v) in d.items() {
            if k.as_str().is_none() {
                return type_error("keywords must be strings");
            }
            names.push(crate::object::intern_value(&k).unwrap_or(k));
            all.push(v);
        }
    }
    let names = if names.is_empty() { None } else { Some(Value::tuple(names)) };
    protocol::call_kw(f, &all, names.as_ref())
}

/// `format(v, spec)` after a conversion.
pub fn format_value(v: &Value, spec: Option<&Value>, conversion: u8) -> Result {
    let converted;
    let v = match conversion {
        1 => {
            converted = protocol::str(v)?;
            &converted
        }
        2 => {
            converted = protocol::repr(v)?;
            &converted
        }
        3 => {
            converted = Value::str(&protocol::ascii(v)?);
            &converted
        }
        _ => v,
    };
    protocol::format(v, spec.and_then(Value::as_str).unwrap_or_default())
}

/// `v[key]`
#[inline]
pub fn get_item(v: &Value, key: &Value) -> Result {
    if let Some(head) = v.head() {
        let ty = head.ty_ptr();
        if let Some(i) = key.as_inline_int() {
            if std::ptr::eq(ty, &LIST)
                && let Some(l) = v.cast::<List>()
            {
                let items = l.items.borrow();
                let at = if i < 0 { i + items.len() as i64 } else { i };
                if let Some(x) = items.get(at as usize) {
                    return Ok(x.clone());
                }
            } else if std::ptr::eq(ty, &TUPLE)
                && let Some(items) = v.as_tuple()
            {
                let at = if i < 0 { i + items.len() as i64 } else { i };
                if let Some(x) = items.get(at as usize) {
                    return Ok(x.clone());
                }
            }
        }
        if std::ptr::eq(ty, &DICT)
            && let Some(d) = v.cast::<Dict>()
        {
            return match d.get(key)? {
                Some(x) => Ok(x),
                None => protocol::key_error(key),
            };
        }
    }
    protocol::get_item(v, key)
}

/// `object.attr`, filling the cache.
pub fn load_attr(object: &Value, site: &Site) -> Result {
    let ty = object.ty();
    site.make_place();
    if ty.slots().get_attr.is_none()
        && let Some(attrs) = Attrs::of(object)
        && !attrs.shape().is_null()
    {
        let class_attr = ty.lookup_ref(&site.name);
        if let Some(index) = class_attr.as_ref().and_then(|d| members::index_of(d)) {
            let v = protocol::get_attr(object, &site.name)?;
            site.version.set(ty.version.get());
            site.shape.set(attrs.shape());
            site.index.set(index as u32);
            site.kind.set(SiteKind::Member);
            return Ok(v);
        }
        let data = class_attr.as_ref().is_some_and(|d| d.ty().slots().descr_set.is_some());
        // SAFETY: not null, and kept alive by the type.
        let slot = unsafe { (*attrs.shape()).slot_of(&site.name) };
        if let (false, Some(slot)) = (data, slot) {
            site.version.set(ty.version.get());
            site.shape.set(attrs.shape());
            site.index.set(slot as u32);
            site.kind.set(SiteKind::Own);
        } else if let (None, Some(v)) = (slot, &class_attr)
            && v.ty().slots().descr_get.is_none()
        {
            site.version.set(ty.version.get());
            site.shape.set(attrs.shape());
            site.word.set(v.bits());
            site.kind.set(SiteKind::TypeValue);
        }
    }
    protocol::get_attr(object, &site.name)
}

/// `object.attr` by a cache that says it is one of `__slots__`.
pub fn load_member(object: &Value, attrs: &Attrs, site: &Site) -> Result {
    // SAFETY: the cache was filled for the class of the object, which has the slot.
    match unsafe { attrs.slot(site.index.get() as usize) }.as_bound() {
        Some(v) => Ok(v.clone()),
        None => Err(protocol::no_attribute(object, &site.name)),
    }
}

/// `object.attr = value`, filling the cache.
pub fn store_attr(object: &Value, site: &Site, value: Value) -> Result<()> {
    let before = Attrs::of(object).map_or(std::ptr::null(), Attrs::shape);
    protocol::set_attr(object, &site.name, Some(value))?;
    let ty = object.ty();
    site.make_place();
    if ty.slots().set_attr.is_none()
        && let Some(attrs) = Attrs::of(object)
        && !attrs.shape().is_null()
        && let class_attr = ty.lookup_ref(&site.name)
        && let member = class_attr.as_ref().and_then(|d| members::index_of(d))
        && (member.is_some() || class_attr.is_none_or(|d| d.ty().slots().descr_set.is_none()))
    {
        // SAFETY: not null, and kept alive by the type.
        if let Some(slot) = member.or_else(|| unsafe { (*attrs.shape()).slot_of(&site.name) }) {
            site.version.set(ty.version.get());
            site.index.set(slot as u32);
            site.shape.set(before);
            site.word.set(attrs.shape() as u64);
            let same = std::ptr::eq(before, attrs.shape());
            site.kind.set(if same { SiteKind::Own } else { SiteKind::Add });
        }
    }
    Ok(())
}

/// `object.attr` to be called: the function and the receiver, or unbound and the value.
pub fn load_method(object: Value, site: &Site) -> Result<(Value, Value)> {
    let ty = object.ty();
    site.make_place();
    if ty.slots().get_attr.is_none()
        && let Some(f) = ty.lookup_ref(&site.name)
        && (f.is_exact(&FUNCTION) || f.is_exact(&METHOD_DESCRIPTOR))
    {
        let f = (*f).clone();
        let shadowed = match Attrs::of(&object) {
            None => {
                site.kind.set(SiteKind::PlainMethod);
                false
            }
            Some(attrs) => {
                let own = attrs.get(&site.name).is_some();
                if !own && !attrs.shape().is_null() {
                    site.shape.set(attrs.shape());
                    site.kind.set(SiteKind::Method);
                }
                own
            }
        };
        if !shadowed {
            site.version.set(ty.version.get());
            site.word.set(f.bits());
            return Ok((f, object));
        }
    }
    let v = protocol::get_attr(&object, &site.name)?;
    Ok((Value::UNBOUND, v))
}

/// `__init__() should return None`
#[cold]
pub fn init_returned(v: &Value) -> Raised {
    raise(&exception::TYPE_ERROR, format!("__init__() should return None, not '{}'", v.ty().name()))
}

/// A builtin by name.
pub fn builtin(builtins: &Dict, name: &str) -> Result {
    match builtins.get_interned(&intern(name)) {
        Some(x) => Ok(x.clone()),
        None => Err(raise(&exception::NAME_ERROR, format!("{name} not found"))),
    }
}

/// `MakeFunction`
///
/// # Safety
/// `parts` points to the registers that the flags speak of.
pub unsafe fn make_function(frame: &Frame, code: &Value, x: u8, parts: *mut Value) -> Value {
    let mut next = parts;
    let mut part = |flag: u8| {
        if x & flag == 0 {
            return Value::UNBOUND;
        }
        // SAFETY: as the caller promises.
        unsafe {
            let v = (*next).take();
            next = next.add(1);
            v
        }
    };
    let (defaults, kwdefaults, closure, annotations) = (part(1), part(2), part(4), part(8));
    // SAFETY: the frame's dictionaries are alive.
    let (globals, builtins) = unsafe { (frame.globals().value(), frame.builtins().value()) };
    new_function(code.clone(), globals, builtins, closure, defaults, kwdefaults, annotations)
}

/// A new function.
pub fn new_function(
    code: Value,
    globals: Value,
    builtins: Value,
    closure: Value,
    defaults: Value,
    kwdefaults: Value,
    annotations: Value,
) -> Value {
    let (name, qualname) = code
        .cast::<CodeObject>()
        .map_or((Value::NONE, Value::NONE), |c| (c.name.clone(), c.qualname.clone()));
    Value::new(
        &FUNCTION,
        FunctionBody {
            code: code.into(),
            globals,
            builtins,
            closure,
            defaults: defaults.into(),
            kwdefaults: kwdefaults.into(),
            annotations: annotations.into(),
            name: name.into(),
            qualname: qualname.into(),
        },
    )
}

fn is_exception_class(v: &Value) -> bool {
    v.cast::<Type>().is_some_and(|t| t.is_subtype(&exception::BASE_EXCEPTION))
}

/// Whether an exception matches what an `except` clause names.
pub fn exception_matches(e: &Value, what: &Value) -> Result<bool> {
    if let Some(t) = what.cast::<Type>()
        && t.is_subtype(&exception::BASE_EXCEPTION)
    {
        return Ok(e.ty().is_subtype(t));
    }
    if let Some(items) = what.as_tuple() {
        for t in items {
            if !is_exception_class(t) {
                return type_error("catching classes that do not inherit from BaseException is not allowed");
            }
        }
        return Ok(items.iter().filter_map(|t| t.cast::<Type>()).any(|t| e.ty().is_subtype(t)));
    }
    type_error("catching classes that do not inherit from BaseException is not allowed")
}

/// What `raise v` raises.
pub fn make_exception(v: Value) -> Result<Raised> {
    if v.ty().is_subtype(&exception::BASE_EXCEPTION) {
        return Ok(Raised(v));
    }
    if is_exception_class(&v) {
        let e = call(&v, &[])?;
        if e.ty().is_subtype(&exception::BASE_EXCEPTION) {
            return Ok(Raised(e));
        }
        return type_error(format!(
            "calling {} should have returned an instance of BaseException, not {}",
            protocol::repr_string(&v)?,
            protocol::repr_string(&e.ty().value())?
        ));
    }
    type_error("exceptions must derive from BaseException")
}

/// `raise e from cause`
pub fn set_cause(e: &Raised, cause: Value) -> Result<()> {
    if cause.is_none() {
        exception::set_cause(&e.0, &Value::NONE);
        return Ok(());
    }
    let cause = if is_exception_class(&cause) { call(&cause, &[])? } else { cause };
    if !cause.ty().is_subtype(&exception::BASE_EXCEPTION) {
        return type_error("exception causes must derive from BaseException");
    }
    exception::set_cause(&e.0, &cause);
    Ok(())
}

/// `RuntimeError: No active exception to reraise`
#[cold]
pub fn nothing_to_raise() -> Raised {
    raise(&exception::RUNTIME_ERROR, "No active exception to reraise")
}

/// The items of an unpacking.
#[cold]
pub fn unpack(v: &Value, n: usize) -> Result<Vec<Value>> {
    if v.ty().slots().iter.is_none() && v.ty().slots().get_item.is_none() {
        return type_error(format!("cannot unpack non-iterable {} object", v.ty().name()));
    }
    let it = protocol::iter(v)?;
    let mut items = Vec::new();
    while items.len() < n {
        match protocol::next(&it)? {
            Some(x) => items.push(x),
            None => {
                return value_error(format!(
                    "not enough values to unpack (expected {n}, got {})",
                    items.len()
                ));
            }
        }
    }
    if protocol::next(&it)?.is_some() {
        return value_error(format!("too many values to unpack (expected {n})"));
    }
    Ok(items)
}

/// The items of an unpacking with a star.
pub fn unpack_starred(v: &Value, before: usize, after: usize) -> Result<Vec<Value>> {
    if v.ty().slots().iter.is_none() && v.ty().slots().get_item.is_none() {
        return type_error(format!("cannot unpack non-iterable {} object", v.ty().name()));
    }
    let it = protocol::iter(v)?;
    let too_few = |got: usize| {
        let n = before + after;
        value_error(format!("not enough values to unpack (expected at least {n}, got {got})"))
    };
    let mut items = Vec::with_capacity(before + 1 + after);
    while items.len() < before {
        match protocol::next(&it)? {
            Some(item) => items.push(item),
            None => return too_few(items.len()),
        }
    }
    let mut middle = protocol::collect(&it)?;
    if middle.len() < after {
        return too_few(before + middle.len());
    }
    let tail = middle.split_off(middle.len() - after);
    items.push(Value::list(middle));
    items.extend(tail);
    Ok(items)
}

/// Makes sure that the namespace has `__annotations__`.
pub fn setup_annotations(locals: &Value, globals: &Dict) -> Result<()> {
    let name = intern("__annotations__");
    let there = if locals.is_unbound() {
        globals.get_interned(&name).is_some()
    } else {
        namespace_get(locals, &name)?.is_some()
    };
    if there { Ok(()) } else { store_name(locals, globals, &name, Dict::new()) }
}

/// What a prompt does with the value of an expression.
pub fn print_expr(v: &Value) -> Result<()> {
    let hook = super::import::sys_attribute("displayhook");
    match hook {
        Some(hook) => call(&hook, std::slice::from_ref(v)).map(drop),
        None => Ok(()),
    }
}
