import { NETWORK_SIZES, networkKeyOf } from '../client-networks';

/** What one sender may have under way at once, in the units of request-cost.ts. */
const AT_ONCE = 4;
const MOST_WAITING = { ofSender: 60, ofAll: 1_000 };
const LONGEST_WAIT_MS = 10_000;
const PATIENCE_MS = 50;

/**
 * Why a request will not have its turn: its sender alone has too many waiting, everybody together has, its turn did not
 * come in time, or the server stops.
 */
export type QueueRefusal = 'sender' | 'all' | 'wait' | 'closed';

interface Callbacks {
  begin: () => void;
  refuse: (why: QueueRefusal) => void;
}

interface Turn extends Callbacks {
  sender: string;
  networks: { key: string; factor: number }[];
  cost: number;
  state: 'new' | 'waiting' | 'under way' | 'over';
  timer?: NodeJS.Timeout;
}

/**
 * Limits what each sender has under way at once. Further requests wait, and let senders go first who ask for no more
 * than their share: a sender that floods the site holds up nobody else.
 */
export function openRequestQueue({ atOnce = AT_ONCE, most = MOST_WAITING, longestWaitMs = LONGEST_WAIT_MS } = {}) {
  const used = new Map<string, number>(); // by network: the cost of what is under way
  const underWay = new Map<string, number>(); // by sender: how many
  const waiting = new Set<Turn>(); // of all senders, in the order they came
  const waitingOf = new Map<string, number>(); // by sender: how many
  const lastStart = new Map<string, number>(); // by sender who has some waiting: when it last had a turn
  let next: NodeJS.Timeout | undefined;

  /**
   * Calls `begin` when it is this request's turn, or `refuse` when it gets none. Returns the function that gives the
   * turn back, which may be called at any time and more than once.
   */
  function enqueue(sender: string, cost: number, { begin, refuse }: Callbacks): () => void {
    const turn: Turn = {
      sender,
      networks: networksOf(sender),
      cost: Math.min(cost, atOnce),
      begin,
      refuse,
      state: 'new',
    };
    if (cost === 0) begin();
    else if (!waitingOf.has(sender) && hasRoom(turn)) start(turn);
    else wait(turn);
    return () => leave(turn);
  }

  function hasRoom({ networks, cost }: Turn): boolean {
    return networks.every(({ key, factor }) => (used.get(key) ?? 0) + cost <= atOnce * factor);
  }

  function start(turn: Turn): void {
    turn.state = 'under way';
    for (const { key } of turn.networks) add(used, key, turn.cost);
    add(underWay, turn.sender, 1);
    turn.begin();
  }

  function wait(turn: Turn) {
    if ((waitingOf.get(turn.sender) ?? 0) >= most.ofSender) return turn.refuse('sender');
    if (waiting.size >= most.ofAll) {
      const [longest] = [...waitingOf].reduce((a, b) => (b[1] > a[1] ? b : a), ['', 0]);
      if (longest === turn.sender) return turn.refuse('all');
      const last = [...waiting].findLast(({ sender }) => sender === longest);
      if (last) giveUp(last, 'all');
    }
    turn.state = 'waiting';
    turn.timer = setTimeout(() => giveUp(turn, 'wait'), longestWaitMs).unref();
    waiting.add(turn);
    add(waitingOf, turn.sender, 1);
  }

  function giveUp(turn: Turn, why: QueueRefusal): void {
    leave(turn);
    turn.refuse(why);
  }

  function leave(turn: Turn) {
    const { state } = turn;
    turn.state = 'over';
    if (state === 'waiting') leaveLine(turn);
    if (state !== 'under way') return callNext();
    // The turn is returned after a round of the event loop. Otherwise a sender whose requests are answered from memory
    // would have all of them answered before the process reads anybody else's connection.
    setImmediate(() => {
      for (const { key } of turn.networks) add(used, key, -turn.cost);
      add(underWay, turn.sender, -1);
      callNext();
    });
  }

  function leaveLine(turn: Turn): void {
    clearTimeout(turn.timer);
    waiting.delete(turn);
    add(waitingOf, turn.sender, -1);
    if (!waitingOf.has(turn.sender)) lastStart.delete(turn.sender);
  }

  // Requests of one sender keep their order; those of other senders do not block them.
  function callNext(): void {
    clearTimeout(next);
    const passed = new Set<string>();
    const now = performance.now();
    const isModestUnderWay = [...underWay.keys()].some((sender) => !waitingOf.has(sender));
    for (const turn of waiting) {
      if (passed.has(turn.sender)) continue;
      const isPatient = isModestUnderWay && now - (lastStart.get(turn.sender) ?? 0) < PATIENCE_MS;
      if (isPatient || !hasRoom(turn)) {
        passed.add(turn.sender);
        continue;
      }
      lastStart.set(turn.sender, now);
      leaveLine(turn);
      start(turn);
    }
    if (isModestUnderWay && waiting.size > 0) next = setTimeout(callNext, PATIENCE_MS).unref();
  }

  return {
    enqueue,
    /** Refuses all waiting requests. */
    close(): void {
      for (const turn of waiting) giveUp(turn, 'closed');
    },
    /** The number of entries in memory: 0 when nothing is under way or waiting. */
    size: () => used.size + underWay.size + waiting.size + waitingOf.size + lastStart.size,
  };
}

function networksOf(sender: string): Turn['networks'] {
  return NETWORK_SIZES.flatMap((network) => {
    const key = networkKeyOf(sender, network);
    return key ? [{ key, factor: network.factor }] : [];
  });
}

function add(counts: Map<string, number>, key: string, by: number): void {
  const sum = (counts.get(key) ?? 0) + by;
  if (sum === 0) counts.delete(key);
  else counts.set(key, sum);
}
