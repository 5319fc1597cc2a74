import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Database } from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Db, rollBack } from './connection';
import { createGroupCommit } from './group-commit';
import Sqlite from './sqlite-library';

let folder: string;
let handle: Database;
let other: Database;
let results: string[];
let transact: ReturnType<typeof createGroupCommit>['transact'];

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'fortnight-test-'));
  const file = path.join(folder, 'words.db');
  handle = new Sqlite(file);
  handle.pragma('journal_mode = WAL');
  handle.exec('create table words (word text primary key)');
  other = new Sqlite(file);
  results = [];
  const exec = handle.exec.bind(handle);
  handle.exec = (text) => {
    results.push(text);
    return exec(text);
  };
  ({ transact } = createGroupCommit(handle, {} as Db));
});

afterEach(() => {
  handle.close();
  other.close();
  rmSync(folder, { recursive: true, force: true });
});

const add = (word: string) => handle.prepare('insert into words values (?)').run(word);
const words = () => [...other.prepare('select word from words order by word').pluck().iterate()];
const commits = () => results.filter((text) => text === 'COMMIT').length;

describe('group commit', () => {
  it('commits transactions that arrive together as one', async () => {
    const request = ['a', 'b', 'c', 'd'].map((word) => transact(async () => add(word).changes));
    expect(await Promise.all(request)).toEqual([1, 1, 1, 1]);
    expect(words()).toEqual(['a', 'b', 'c', 'd']);
    expect(commits()).toBe(1);
  });

  it('answers nobody before the commit is on the disk', async () => {
    const seen = ['a', 'b'].map((word) => transact(async () => add(word)).then(words));
    expect(await Promise.all(seen)).toEqual([
      ['a', 'b'],
      ['a', 'b'],
    ]);
  });

  it('rolls back the transaction that failed, and none of the others', async () => {
    const outcomes = await Promise.allSettled([
      transact(async () => add('a')),
      transact(async () => {
        add('half');
        throw new Error('by mistake');
      }),
      transact(async () => {
        add('undone');
        return rollBack('never mind');
      }),
      transact(async () => {
        add('b');
        add('a'); // this row exists, so the database refuses
      }),
      transact(async () => add('c')),
    ]);
    expect(outcomes.map(({ status }) => status)).toEqual([
      'fulfilled',
      'rejected',
      'fulfilled',
      'rejected',
      'fulfilled',
    ]);
    expect(outcomes[1]).toMatchObject({ reason: { message: 'by mistake' } });
    expect(outcomes[2]).toMatchObject({ value: 'never mind' });
    expect(words()).toEqual(['a', 'c']);
  });

  it('writes nothing if every transaction was rolled back', async () => {
    const request = ['a', 'b'].map((word) =>
      transact(async () => {
        add(word);
        return rollBack(word);
      }),
    );
    expect(await Promise.all(request)).toEqual(['a', 'b']);
    expect(commits()).toBe(0);
    expect(words()).toEqual([]);
  });

  it('reports "busy" to every transaction when the disk is full, stores nothing, and recovers when there is room', async () => {
    handle.pragma(`max_page_count = ${handle.pragma('page_count', { simple: true })}`);
    const long = 'x'.repeat(20_000);
    const answers = ['a', long, 'b'].map((word) => transact(async () => add(word)));
    const outcomes = await Promise.allSettled(answers);
    const reasons = outcomes.filter((outcome) => outcome.status === 'rejected').map(({ reason }) => reason.name);
    expect(reasons.length).toBeGreaterThan(0);
    expect(new Set(reasons)).toEqual(new Set(['DatabaseBusy']));
    expect(words()).toHaveLength(3 - reasons.length);
    handle.pragma('max_page_count = 1000000');
    await transact(async () => add('z'));
    expect(words()).toContain('z');
  });

  it('reports "busy" to every transaction when the commit fails, and stores nothing', async () => {
    const exec = handle.exec;
    handle.exec = (text) => {
      if (text === 'COMMIT') throw Object.assign(new Error('disk I/O error'), { code: 'SQLITE_IOERR' });
      return exec(text);
    };
    const outcomes = await Promise.allSettled([
      transact(async () => add('a')),
      transact(async () => rollBack('what a said is taken')),
      transact(async () => add('b')),
    ]);
    expect(outcomes).toMatchObject(Array(3).fill({ status: 'rejected', reason: { name: 'DatabaseBusy' } }));
    expect(words()).toEqual([]);
    handle.exec = exec;
    await transact(async () => add('c'));
    expect(words()).toEqual(['c']);
  });

  it('runs transactions in the order they came, each after the previous one has ended', async () => {
    const steps: string[] = [];
    const slowly = (word: string) =>
      transact(async () => {
        steps.push(`${word} begins`);
        await new Promise((resolve) => setImmediate(resolve));
        steps.push(`${word} ends`);
      });
    await Promise.all([slowly('a'), slowly('b')]);
    expect(steps).toEqual(['a begins', 'a ends', 'b begins', 'b ends']);
  });
});
