import { expect, it } from 'vitest';
import { createSnapshotVersions } from './snapshot-versions';

/** All snapshots from one process of the server. */
function createVersionsOfOneProcess() {
  const { versionOf, noteHarmless } = createSnapshotVersions();
  return { versionOf: (snapshot: string) => versionOf(snapshot, 'only'), noteHarmless };
}

it('gives snapshots in which the same transactions have ended the same version', () => {
  const { versionOf } = createVersionsOfOneProcess();
  expect(versionOf('10:10:')).toBe(versionOf('10:10:'));
  expect(versionOf('10:11:10')).toBe(versionOf('10:10:'));
});

it('gives another version once a transaction has ended', () => {
  const { versionOf } = createVersionsOfOneProcess();
  const versions = ['10:12:10', '10:13:10', '11:13:', '14:14:'].map(versionOf);
  expect(new Set(versions).size).toBe(4);
});

it('keeps the version while all that ends is rolled back', () => {
  const { versionOf, noteHarmless } = createVersionsOfOneProcess();
  const before = versionOf('10:10:');
  for (const transaction of ['10', '12']) noteHarmless(transaction);
  expect(versionOf('11:11:')).toBe(before);
  expect(versionOf('11:13:11')).toBe(before);
  expect(versionOf('13:13:')).not.toBe(before);
});

it('does not take an older snapshot that shows other rows for a newer one', () => {
  const { versionOf } = createVersionsOfOneProcess();
  const newer = versionOf('12:12:');
  expect(versionOf('10:10:')).not.toBe(newer);
});

it('forgets what was rolled back rather than remember all of it, and never takes a commit for a rollback', () => {
  const { versionOf, noteHarmless } = createVersionsOfOneProcess();
  const before = versionOf('1:1:');
  for (let transaction = 1; transaction <= 15_000; transaction++) noteHarmless(String(transaction));
  expect(versionOf('9000:9000:')).not.toBe(before);
  const later = versionOf('15001:15001:');
  expect(versionOf('15002:15002:')).not.toBe(later);
});

it('compares nothing across a crash, after which another transaction may have the number of one that was rolled back', () => {
  for (const seen of ['10:10:', '11:11:']) {
    const { versionOf, noteHarmless } = createSnapshotVersions();
    versionOf('10:10:', 'one');
    noteHarmless('10');
    const before = versionOf(seen, 'one');
    const after = versionOf('11:11:', 'after the crash');
    expect(after).not.toBe(before);
    expect(versionOf('11:11:', 'after the crash')).toBe(after);
  }
});

it('keeps the version between processes of the server that are known', () => {
  const { versionOf, noteHarmless } = createSnapshotVersions();
  for (const serverProcess of ['one', 'another']) versionOf('10:10:', serverProcess);
  const before = versionOf('10:10:', 'one');
  noteHarmless('10');
  expect(versionOf('11:11:', 'another')).toBe(before);
});

it('agrees with a model in which each transaction is known to have committed or not', () => {
  let state = 7;
  const random = (below: number) => {
    state = (state * 1_103_515_245 + 12_345) % 2 ** 31;
    return state % below;
  };
  const { versionOf, noteHarmless } = createVersionsOfOneProcess();
  const running = new Set<number>();
  const committed = new Set<number>();
  const rowsOf = new Map<string, string>();
  let next = 1;
  let hits = 0;
  for (let step = 0; step < 3_000; step++) {
    const open = [...running];
    if (open.length < 4 && random(2) === 0) running.add(next++);
    else if (open.length > 0) {
      const ended = open[random(open.length)]!;
      running.delete(ended);
      if (random(3) === 0) committed.add(ended);
      else noteHarmless(String(ended));
    }
    // As the server prints it: transactions after the last that ended are not listed.
    const ended = Array.from({ length: next - 1 }, (_, at) => at + 1).filter((it) => !running.has(it));
    const xmax = (ended.at(-1) ?? 0) + 1;
    const listed = [...running].filter((it) => it < xmax).sort((a, b) => a - b);
    const version = versionOf(`${listed[0] ?? xmax}:${xmax}:${listed.join(',')}`);
    const rows = String(committed.size);
    if (rowsOf.has(version)) hits++;
    expect(rowsOf.get(version) ?? rows).toBe(rows);
    rowsOf.set(version, rows);
  }
  expect(hits).toBeGreaterThan(1_500);
});
