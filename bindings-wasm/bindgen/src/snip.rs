//! Panics without their words. Whoever polls catches the trap; the texts, and what formats them,
//! would be a tenth of the download, and could hold a value.

use walrus::{FunctionId, FunctionKind, LocalFunction, Module};

/// What only ever ends in a panic, by pieces of the names that the compiler gives.
const ENDS: [&str; 14] = [
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
];

/// Puts a trap in the place of each; says how many there were.
pub(crate) fn panics(module: &mut Module) -> usize {
    let is_end = |name: &str| ENDS.iter().any(|end| name.contains(end));
    let found: Vec<FunctionId> = module
        .funcs
        .iter()
        .filter(|function| matches!(function.kind, FunctionKind::Local(_)))
        .filter(|function| function.name.as_deref().is_some_and(is_end))
        .map(walrus::Function::id)
        .collect();
    let mut snipped = 0;
    for id in &found {
        let function = module.funcs.get(*id);
        let FunctionKind::Local(local) = &function.kind else {
            continue;
        };
        let ty = module.types.get(local.ty());
        let (parameters, results) = (ty.params().to_vec(), ty.results().to_vec());
        let arguments: Vec<_> = local.args.clone();
        let mut builder = walrus::FunctionBuilder::new(&mut module.types, &parameters, &results);
        builder.func_body().unreachable();
        let trap: LocalFunction = builder.local_func(arguments);
        module.funcs.get_mut(*id).kind = FunctionKind::Local(trap);
        snipped += 1;
    }
    snipped
}
