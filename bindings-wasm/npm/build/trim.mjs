// The glue between module and JavaScript, as wasm-bindgen writes it for everybody, without what nobody here does.

/** What stays of each is nothing, or what is said to. */
const NEVER = [
  ["compiling a module", /if \(!\(module instanceof WebAssembly\.Module\)\) \{\s*module = new WebAssembly\.Module\(module\);\s*\}/],
  ["fetching a module", /, __wbg_init as default/],
  ["starting twice", /if \(wasm !== undefined\) return wasm;/],
  ["starting as it was done of old", /if \(module !== undefined\) \{[\s\S]*?console\.warn\(.*\)\s*\}\s*\}/],
  ["doing without encodeInto", /if \(!\('encodeInto' in cachedTextEncoder\)\) \{[\s\S]*?\n {12}\};\s*\}/],
  ["starting anew before a call, because the module has asked for it", /__wbg_call_guard\(\);/g],
  // That an argument cannot be handed over is a trap, after which nothing of the instance is used any more.
  ["freeing the arguments before it", /try \{\n((?:\w+ = .*\n)+)\} catch \(e\) \{\n(?:if .*\n)+throw e;\n\}/g, "$1"],
];

/** The glue without all of that; if it is written otherwise one day, nothing is left out unnoticed. */
export function trimmed(glue) {
  return NEVER.reduce((rest, [what, part, stays = ""]) => {
    if (rest.search(part) < 0) throw new Error(`the glue is not what it was: ${what}`);
    return rest.replace(part, stays);
  }, glue);
}
