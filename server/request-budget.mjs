import { RateLimiterMemory } from 'rate-limiter-flexible';
import { NETWORKS, networkOf } from './networks.mjs';

/** What one sender may ask of the pages in a minute, in the units of cost.mjs. The API counts its own calls. */
const UNITS = 600;
const SECONDS = 60;

/** Answers with the seconds until this sender may go on; 0 where it may now. */
export function openBudget() {
  const limiters = NETWORKS.map((network) => ({
    network,
    limiter: new RateLimiterMemory({ points: UNITS * network.factor, duration: SECONDS }),
  }));
  return async function spend(sender, cost) {
    try {
      for (const { network, limiter } of limiters) {
        const key = networkOf(sender, network);
        if (key) await limiter.consume(key, cost);
      }
      return 0;
    } catch (refusal) {
      if (refusal instanceof Error) throw refusal;
      return Math.max(1, Math.ceil(refusal.msBeforeNext / 1000));
    }
  };
}
