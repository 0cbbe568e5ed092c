// Calls one contender so often, by so many callers at once.

const usable = (token) => typeof token === "string" && token.startsWith("EAAA");

// Wall time in nanoseconds: of all, and of the call in the middle.
export async function measure(client, count, callers, now) {
  const calls = async (times, from) => {
    for (let at = from; at < times.length; at += callers) {
      const start = now();
      if (!usable(await client.call())) throw new Error("a call brought no token");
      times[at] = now() - start;
    }
  };
  const all = (times) => Promise.all(Array.from({ length: callers }, (_, from) => calls(times, from)));
  const times = new Float64Array(count);
  const start = now();
  await all(times);
  const wall = now() - start;
  times.sort();
  return { wall: wall * 1e6, middle: (times[count >> 1] ?? 0) * 1e6 };
}
