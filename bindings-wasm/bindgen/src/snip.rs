//! Panics without their words. Whoever polls catches the trap; the texts, and what formats them,
//! would be a tenth of the download, and could hold a value.

use std::collections::BTreeSet;

use walrus::{FunctionId, FunctionKind, LocalFunction, Module, ir};

/// What only ever ends in a panic, by pieces of the names that the compiler gives.
const ENDS: [&str; 15] = [
    "panicking",
    "slice_error_fail",
    "slice_index_fail",
    "len_mismatch_fail",
    "unwrap_failed",
    "expect_failed",
    "panic_already_",
    "panic_bounds_check",
    "panic_fmt",
    "panic_nounwind",
    "handle_error",
    "capacity_overflow",
    "handle_alloc_error",
    "panic_async_fn_resumed",
    "throw_str",
];

/// Puts a trap in the place of each; says how many there were.
pub(crate) fn panics(module: &mut Module) -> usize {
    let found = named(module, |name| ENDS.iter().any(|end| name.contains(end)));
    for id in &found {
        trap(module, *id);
    }
    found.len()
}

/// Does the same to what formats texts. Only panics have led to it, but a table of functions still
/// names it, so nothing else would remove it.
///
/// # Errors
/// If a function formats a text all the same: it would trap.
pub(crate) fn formatting(module: &mut Module) -> Result<(), String> {
    let found = named(module, |name| name.contains("3fmt"));
    for function in module.funcs.iter() {
        let FunctionKind::Local(local) = &function.kind else {
            continue;
        };
        if found.contains(&function.id()) {
            continue;
        }
        let mut calls = Calls(BTreeSet::new());
        ir::dfs_in_order(&mut calls, local, local.entry_block());
        if let Some(called) = calls.0.intersection(&found).next() {
            let name = |name: &Option<String>| name.clone().unwrap_or_default();
            return Err(format!(
                "{} calls {}: texts are put together by hand here",
                name(&function.name),
                name(&module.funcs.get(*called).name)
            ));
        }
    }
    for id in found {
        trap(module, id);
    }
    Ok(())
}

fn named(module: &Module, is_wanted: impl Fn(&str) -> bool) -> BTreeSet<FunctionId> {
    let local = module
        .funcs
        .iter()
        .filter(|function| matches!(function.kind, FunctionKind::Local(_)));
    local
        .filter(|function| function.name.as_deref().is_some_and(&is_wanted))
        .map(walrus::Function::id)
        .collect()
}

fn trap(module: &mut Module, id: FunctionId) {
    let FunctionKind::Local(local) = &module.funcs.get(id).kind else {
        return;
    };
    let ty = module.types.get(local.ty());
    let (parameters, results) = (ty.params().to_vec(), ty.results().to_vec());
    let arguments: Vec<_> = local.args.clone();
    let mut builder = walrus::FunctionBuilder::new(&mut module.types, &parameters, &results);
    builder.func_body().unreachable();
    let trap: LocalFunction = builder.local_func(arguments);
    module.funcs.get_mut(id).kind = FunctionKind::Local(trap);
}

struct Calls(BTreeSet<FunctionId>);

impl ir::Visitor<'_> for Calls {
    fn visit_function_id(&mut self, function: &FunctionId) {
        self.0.insert(*function);
    }
}
