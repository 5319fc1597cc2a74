/** How many dates are chosen to move, to be cancelled and to stay. */
export interface DecisionCounts {
  moved: number;
  cancelled: number;
  kept: number;
}

export type DateDecisionTask = 'absence' | 'hand over';

/** Counts the choices of the form as it is in the browser. */
export function countDecisions(form: FormData): DecisionCounts {
  const chosen = [...form].filter(([name]) => name.startsWith('date-')).map(([, value]) => value);
  const cancelled = chosen.filter((value) => value === 'cancel').length;
  const kept = chosen.filter((value) => value === 'keep').length;
  return { moved: chosen.length - cancelled - kept, cancelled, kept };
}

/** What the button does: 'Move 3, cancel 1, leave 2, and send the e-mails'. */
export function describeDecisions(task: DateDecisionTask, counts: DecisionCounts, sendsMail: boolean): string {
  const { moved, cancelled, kept } = counts;
  const changed = moved + cancelled;
  const parts = [
    { many: moved, verb: task === 'absence' ? 'move' : 'hand over' },
    { many: cancelled, verb: 'cancel' },
    { many: kept, verb: 'leave' },
  ];
  const text = parts
    .filter(({ many }) => many > 0)
    .map(({ many, verb }) => `${verb} ${many}`)
    .join(', ');
  const press = text.charAt(0).toUpperCase() + text.slice(1);
  if (changed === 0)
    return task === 'absence'
      ? `${press}, and take the time around ${kept === 1 ? 'it' : 'them'}`
      : `${press} ${kept === 1 ? 'as it is' : 'as they are'}`;
  if (!sendsMail) return press;
  // A hand-over is about one client's plan, so it needs one e-mail.
  return `${press}, and send the ${task === 'absence' && changed > 1 ? 'e-mails' : 'e-mail'}`;
}
