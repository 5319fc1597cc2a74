import { startServer } from '../server';

export const title = 'a visitor who writes one address in many forms is counted once';

const FORMS = [
  (port: number) => `203.0.113.9:${port}`,
  (port: number) => `[::ffff:203.0.113.9]:${port}`,
  () => '::ffff:cb00:7109',
  () => '203.0.113.9',
  (port: number) => `198.51.100.${port % 250}, "203.0.113.9:${port}"`,
];
/** Addresses of one IPv6 customer, whose /64 has 2^64 of them. */
const OF_ONE_CUSTOMER = (k: number) => `2001:db8:1:7:${k.toString(16)}::${(k * 7).toString(16)}`;
/** More than the limit of reads in a minute. */
const REQUESTS = 700;

export async function attack(folder: string) {
  const server = await startServer({ DATA_DIR: folder, RATE_LIMITS: '', TRUST_PROXY: '1' });
  try {
    const countRefused = async (addressOf: (k: number) => string) => {
      let refused = 0;
      for (let k = 0; k < REQUESTS; k++) {
        const headers = { 'X-Forwarded-For': addressOf(k) };
        const answer = await fetch(`${server.address}/api/v1/services`, { headers });
        await answer.arrayBuffer();
        if (answer.status === 429) refused++;
      }
      if (refused < REQUESTS - 600) throw new Error(`${refused} of ${REQUESTS} refused: ${addressOf(0)} and others`);
      return refused;
    };
    const refused = await countRefused((k) => FORMS[k % FORMS.length]!(5_000 + k));
    const byIpv6 = await countRefused(OF_ONE_CUSTOMER);
    if (!/"rate_limited"/.test(server.output())) throw new Error('the log says of nobody that they were refused');
    if (/203\.0\.113|2001:db8/.test(server.output())) throw new Error('the log shows whom it refused');
    return { requests: REQUESTS, refused, 'refused by IPv6': byIpv6 };
  } finally {
    await server.end('SIGTERM');
    await countAsOne(`${folder}/untrusted`);
  }
}

/**
 * Without TRUST_PROXY all visitors behind a proxy count as one, and a header that anybody can write changes nothing.
 */
async function countAsOne(folder: string) {
  const server = await startServer({ DATA_DIR: folder, RATE_LIMITS: '' });
  try {
    let refused = 0;
    for (let k = 0; k < REQUESTS; k++) {
      const headers = { 'X-Forwarded-For': `198.51.${k % 250}.${k % 200}` };
      const answer = await fetch(`${server.address}/api/v1/services`, { headers });
      await answer.arrayBuffer();
      if (answer.status === 429) refused++;
    }
    if (refused < REQUESTS - 600) throw new Error(`${refused} refused of one sender who wrote the header of a proxy`);
    if (!/TRUST_PROXY is not set/.test(server.output())) throw new Error('nobody is told that a proxy is not trusted');
  } finally {
    await server.end('SIGTERM');
  }
}
