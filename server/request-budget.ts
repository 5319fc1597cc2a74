import { RateLimiterMemory, type RateLimiterRes } from 'rate-limiter-flexible';
import { NETWORK_SIZES, networkKeyOf } from '../client-networks';

/**
 * What one sender may request from the pages in a minute, in the units of request-cost.ts. The API counts its own
 * calls.
 */
const UNITS = 600;
const SECONDS = 60;

/** Answers with the seconds until this sender may go on; 0 where it may now. */
export function openRequestBudget(): (sender: string, cost: number) => Promise<number> {
  const limiters = NETWORK_SIZES.map((network) => ({
    network,
    limiter: new RateLimiterMemory({ points: UNITS * network.factor, duration: SECONDS }),
  }));
  return async function spend(sender, cost) {
    try {
      for (const { network, limiter } of limiters) {
        const key = networkKeyOf(sender, network);
        if (key) await limiter.consume(key, cost);
      }
      return 0;
    } catch (refusal) {
      if (refusal instanceof Error) throw refusal;
      return Math.max(1, Math.ceil((refusal as RateLimiterRes).msBeforeNext / 1000));
    }
  };
}
