import { eq, sql } from 'drizzle-orm';
import { expect, it } from 'vitest';
import { rooms } from '@/db/schema';
import { setUpTestDatabase } from '@/db/testing/test-database';
import { NOW } from '@/db/testing/test-requests';
import { reader, transact } from './database-client';
import { sendTogether } from './send-together';

setUpTestDatabase({ now: NOW });

const named = (id: string) => ({ id, name: id, position: 9 });
const listRoomIds = async () => (await (await reader()).select({ id: rooms.id }).from(rooms)).map(({ id }) => id);

it('returns the answers in order, of statements that run in the order they were written', async () => {
  const [added, found, one] = await transact((tx) =>
    sendTogether([
      tx.insert(rooms).values(named('attic')).returning({ id: rooms.id }),
      tx.select({ name: rooms.name }).from(rooms).where(eq(rooms.id, 'attic')),
      1,
    ]),
  );
  expect([added, found, one]).toEqual([[{ id: 'attic' }], [{ name: 'attic' }], 1]);
  expect(await listRoomIds()).toContain('attic');
});

it('runs each statement once', async () => {
  const listPositions = async () =>
    (await (await reader()).select({ at: rooms.position }).from(rooms)).map(({ at }) => at);
  const before = await listPositions();
  await transact((tx) => sendTogether([tx.update(rooms).set({ position: sql`${rooms.position} + 1` })]));
  expect((await listPositions()).sort()).toEqual(before.map((at) => at + 1).sort());
});

it("rolls back the whole transaction if one statement fails, and reports that statement's error", async () => {
  const before = await listRoomIds();
  const work = transact((tx) =>
    sendTogether([
      tx.insert(rooms).values(named('attic')),
      tx.insert(rooms).values(named('attic')),
      tx.insert(rooms).values(named('cellar')),
      tx.insert(rooms).values(named('cellar')),
    ]),
  );
  const error = await work.then(
    () => null,
    (thrown) => thrown,
  );
  expect(String(error.cause?.message ?? error.message)).toMatch(/unique/i);
  expect(await listRoomIds()).toEqual(before);
});

it('leaves no statement running when it fails, even if one has several steps', async () => {
  const before = await listRoomIds();
  const steps: string[] = [];
  const work = transact((tx) =>
    sendTogether([
      Promise.reject(new Error('one that fails at once')),
      (async () => {
        for (const id of ['attic', 'cellar', 'shed']) {
          await tx.insert(rooms).values(named(id));
          steps.push(id);
        }
      })(),
    ]),
  );
  await expect(work).rejects.toThrow('one that fails at once');
  expect(steps).toEqual(['attic', 'cellar', 'shed']);
  expect(await listRoomIds()).toEqual(before);
});

it('leaves the connection usable for the next transaction', async () => {
  for (let round = 0; round < 30; round++) {
    const failing = transact((tx) =>
      sendTogether([tx.insert(rooms).values(named('garden')), tx.select({ it: sql<number>`1` }).from(rooms).limit(1)]),
    );
    await expect(failing).rejects.toThrow();
    expect(await transact((tx) => tx.select({ id: rooms.id }).from(rooms).where(eq(rooms.id, 'garden')))).toEqual([
      { id: 'garden' },
    ]);
  }
});
