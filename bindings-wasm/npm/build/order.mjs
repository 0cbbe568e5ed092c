// The order of a module's functions. What packs a download finds what it has seen before only where that is near, so
// each function follows the one that it resembles most: more than a hundredth of the download.
//
// wasm-opt can sort functions by their names. So the order is written as names, and nothing here has to know what a
// function is made of.

/** What two functions have in common is counted in runs of so many bytes. */
const RUN = 5;

const CODE = 10;

/** The same module, but that its functions are called by the places where they belong. */
export function withPlaces(module) {
  const imports = WebAssembly.Module.imports(new WebAssembly.Module(module));
  const first = imports.filter(({ kind }) => kind === "function").length;
  const places = [];
  for (const [place, index] of byLikeness(functions(module)).entries()) places[index] = String(place).padStart(6, "0");
  const names = places.flatMap((place, index) => [...number(first + index), ...text(place)]);
  const ofFunctions = [...number(places.length), ...names];
  const section = [...text("name"), 1, ...number(ofFunctions.length), ...ofFunctions];
  return Buffer.concat([module, Buffer.from([0, ...number(section.length), ...section])]);
}

/** The indices of functions: the longest is the first, and each is followed by the one that shares most runs with it. */
function byLikeness(functions) {
  const runs = functions.map((bytes) => new Set(Array.from(bytes, (_, at) => bytes.slice(at, at + RUN))));
  const left = new Set(functions.keys());
  const order = [];
  let next = most(left, (index) => functions[index].length);
  while (next !== undefined) {
    order.push(next);
    left.delete(next);
    const last = runs[next];
    next = most(left, (index) => shared(last, runs[index]));
  }
  return order;
}

function shared(one, other) {
  if (one.size > other.size) return shared(other, one);
  let count = 0;
  for (const run of one) if (other.has(run)) count += 1;
  return count;
}

/** The first of those of which there is most. */
function most(indices, amount) {
  let [best, bestAmount] = [undefined, -1];
  for (const index of indices) {
    const its = amount(index);
    if (its > bestAmount) [best, bestAmount] = [index, its];
  }
  return best;
}

/** The bodies of a module's functions, a character for each byte. */
function functions(module) {
  let at = 8;
  const bodies = [];
  const read = () => {
    let value = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = module[at++];
      value += (byte & 127) << shift;
      if (byte < 128) return value;
    }
  };
  while (at < module.length) {
    const id = module[at++];
    const end = read() + at;
    for (let count = id === CODE ? read() : 0; count > 0; count -= 1) {
      const length = read();
      bodies.push(module.toString("latin1", at, at + length));
      at += length;
    }
    at = end;
  }
  return bodies;
}

/** A number as a module has it: seven bits in each byte, the lowest first. */
function number(value) {
  return value < 128 ? [value] : [(value & 127) | 128, ...number(value >> 7)];
}

function text(value) {
  return [...number(value.length), ...Buffer.from(value)];
}
