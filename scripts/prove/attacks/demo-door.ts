import { startServer } from '../server';

export const title = 'the demo signs nobody in who comes through a proxy or by another name';

export async function attack(folder: string) {
  const server = await startServer({ DATA_DIR: folder, RATE_LIMITS: '' });
  try {
    const isOpen = async (headers: Record<string, string>) => {
      const page = await fetch(`${server.address}/sign-in`, { headers });
      return (await page.text()).includes('As owner');
    };
    if (!(await isOpen({}))) throw new Error('the door is shut to this computer as well');
    for (const name of ['X-Forwarded-For', 'X-Forwarded-Host', 'X-Real-IP', 'Forwarded', 'Via']) {
      if (await isOpen({ [name]: '203.0.113.9' })) throw new Error(`${name}: the door is open`);
      const metrics = await fetch(`${server.address}/metrics`, { headers: { [name]: '203.0.113.9' } });
      if (metrics.status !== 404) throw new Error(`${name}: the metrics are open`);
    }
  } finally {
    await server.end('SIGTERM');
  }
}
