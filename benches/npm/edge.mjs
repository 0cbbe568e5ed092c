// `edge.mjs CONTENDER ADDRESS`: a contender in workerd, asked for measurements as `run.mjs` is.
import { readFileSync, readdirSync } from "node:fs";
import { basename } from "node:path";
import { createInterface } from "node:readline";
import { Miniflare } from "miniflare";
import { bundle } from "./bundle.mjs";

// Its clock stands still between two answers, so time is taken out here: for some calls together, and
// what it takes to ask for them is the same for all.
const TOGETHER = 10;

const [name, address] = process.argv.slice(2);
const entry = `
  import { open } from "./contenders/${name}.mjs";
  import { measure } from "./measure.mjs";
  const client = open("${address}");
  export default {
    async fetch() {
      await measure(client, ${TOGETHER}, 1, () => 0);
      return new Response("done");
    },
  };`;
const { script, wasm } = await bundle(entry, import.meta.dirname);
const worker = new Miniflare({
  compatibilityDate: "2026-05-01",
  modules: [
    { type: "ESModule", path: "worker.mjs", contents: script.text },
    ...wasm.map(({ path, contents }) => ({ type: "CompiledWasm", path: basename(path), contents })),
  ],
});

async function measure(count) {
  const times = [];
  for (let done = 0; done < count; done += TOGETHER) {
    const start = performance.now();
    const response = await worker.dispatchFetch("http://worker/", { method: "POST" });
    if (!response.ok) throw new Error(await response.text());
    await response.text();
    times.push((performance.now() - start) / TOGETHER);
  }
  times.sort((one, other) => one - other);
  const wall = times.reduce((sum, time) => sum + time, 0) / times.length;
  return { wall: wall * 1e6, middle: times[times.length >> 1] * 1e6 };
}

await measure(TOGETHER);
const workerd = ours("workerd");
for await (const line of createInterface({ input: process.stdin })) {
  const count = Number.parseInt(line);
  await measure(TOGETHER);
  const before = spent(workerd);
  const { wall, middle } = await measure(count);
  console.log((spent(workerd) - before) / count, wall, middle);
}
await worker.dispose();
process.exit();

// The process of that name that this one has started.
function ours(program) {
  for (const folder of readdirSync("/proc").filter((entry) => /^\d+$/.test(entry))) {
    try {
      const [, command, rest] = /\((.*)\) (.*)/.exec(readFileSync(`/proc/${folder}/stat`, "utf8"));
      if (command === program && Number(rest.split(" ")[1]) === process.pid) return folder;
    } catch {
      // It has ended meanwhile.
    }
  }
  throw new Error(`${program} is not there`);
}

// What the kernel has counted for all of its threads, in nanoseconds.
function spent(id) {
  const threads = readdirSync(`/proc/${id}/task`);
  const one = (thread) => Number(readFileSync(`/proc/${id}/task/${thread}/schedstat`, "utf8").split(" ")[0]);
  return threads.map(one).reduce((sum, time) => sum + time, 0);
}
