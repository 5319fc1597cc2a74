// PostgreSQL describes what a query sees by the transactions that have ended. A version is made of such snapshots: as
// long as all that ended between two of them was rolled back, or wrote nothing that matters here, they show the same
// rows and have the same version. After a crash the server may give the number of a transaction that it has lost to
// another one. None of its processes survives that, so nothing is compared across one that has not been seen before.

/** Transactions below `xmin` have ended, those from `xmax` on have not; of those between, `running` have not. */
interface Snapshot {
  xmin: number;
  xmax: number;
  running: ReadonlySet<number>;
}

// Beyond these, versions differ although the rows may be the same: that only means that somebody reads them again.
const MOST_NOTED = 10_000;
const MOST_COMPARED = 1_000;
const MOST_PROCESSES = 1_000;

export interface SnapshotVersions {
  /**
   * Notes a transaction of this process, by its number as a text, that is certain to be rolled back or to write nothing
   * that matters.
   */
  noteHarmless(transaction: string): void;
  /**
   * The version of a snapshot as `pg_current_snapshot` prints it. `serverProcess` tells the process of the server that
   * took it from all others, earlier ones too. Equal versions show the same rows.
   */
  versionOf(snapshot: string, serverProcess: string): string;
}

export function createSnapshotVersions(): SnapshotVersions {
  let harmless = new Set<number>();
  let last: { snapshot: Snapshot; version: string } | undefined;
  const serverProcesses = new Set<string>();
  let epoch = 0;
  return {
    noteHarmless(transaction) {
      if (harmless.size >= MOST_NOTED) harmless.clear();
      harmless.add(Number(transaction));
    },
    versionOf(text, serverProcess) {
      if (!serverProcesses.has(serverProcess)) {
        if (serverProcesses.size >= MOST_PROCESSES) serverProcesses.clear();
        serverProcesses.add(serverProcess);
        harmless.clear();
        last = undefined;
        epoch++;
      }
      const snapshot = parseSnapshot(text);
      const isSame = last !== undefined && showSameRows(last.snapshot, snapshot, harmless);
      last = { snapshot, version: isSame ? last!.version : `${epoch} ${text}` };
      if (harmless.size > MOST_COMPARED) harmless = new Set([...harmless].filter((it) => it >= snapshot.xmin));
      return last.version;
    },
  };
}

function parseSnapshot(text: string): Snapshot {
  const [xmin = '', xmax = '', running = ''] = text.split(':');
  return { xmin: Number(xmin), xmax: Number(xmax), running: new Set(running.split(',').filter(Boolean).map(Number)) };
}

/** Whether each transaction that has ended in one snapshot and not in the other is harmless. */
function showSameRows(a: Snapshot, b: Snapshot, harmless: ReadonlySet<number>): boolean {
  const first = Math.min(a.xmin, b.xmin);
  const end = Math.max(a.xmax, b.xmax);
  if (end - first > MOST_COMPARED) return false;
  for (let transaction = first; transaction < end; transaction++) {
    if (hasEnded(a, transaction) !== hasEnded(b, transaction) && !harmless.has(transaction)) return false;
  }
  return true;
}

function hasEnded({ xmin, xmax, running }: Snapshot, transaction: number): boolean {
  return transaction < xmin || (transaction < xmax && !running.has(transaction));
}
