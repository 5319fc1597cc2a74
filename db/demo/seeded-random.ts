export interface SeededRandom {
  below(count: number): number;
  pick<T>(from: readonly T[]): T;
}

/** Mulberry32: small, and with the same results on every machine. */
export function createSeededRandom(seed: number): SeededRandom {
  let state = seed;
  const roll = () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
  const below = (count: number) => Math.floor(roll() * count);
  return { below, pick: (from) => from[below(from.length)]! };
}
