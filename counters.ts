import { processState } from '@/process-state';

// Counts of this process since it started.

export function countApiRefusal(code: string): void {
  const { refusals } = processState;
  refusals.set(code, (refusals.get(code) ?? 0) + 1);
}

/** Somebody opened the page for people with a warning sign. Only the number is counted, not who it was. */
export function countDoctorFirstPageView(): void {
  processState.doctorFirst += 1;
}

/** Somebody replied to a text; counted by what the reply meant. */
export function countTextReply(kind: 'stop' | 'start' | 'other' | 'refused'): void {
  const { textReplies } = processState;
  textReplies.set(kind, (textReplies.get(kind) ?? 0) + 1);
}

/** Records when the outbox worker last looked for due mail. */
export function recordOutboxPoll(now: number): void {
  processState.outboxPolledAt = now;
}

export function getCounters() {
  return {
    requests: { ...processState.requests },
    refusals: Object.fromEntries(processState.refusals),
    doctorFirst: processState.doctorFirst,
    textReplies: Object.fromEntries(processState.textReplies),
    outboxLookedAt: processState.outboxPolledAt ?? null,
  };
}
