// Whether there is room on the stack.

/** What the core needs at most, and a function that is compiled on the way, in words of eight bytes. */
const WORDS: readonly undefined[] = new Array(8192).fill(undefined);

function nothing(): void {}

/**
 * A stack that ends within the core ends it as a trap does. So a function is called with as many arguments as that
 * needs words: where they do not fit it is an ordinary exception, and nothing has begun.
 */
export function hasRoom(): boolean {
  try {
    nothing.apply(undefined, WORDS as never);
    return true;
  } catch {
    return false;
  }
}
