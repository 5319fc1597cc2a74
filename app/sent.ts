import { z } from 'zod';

// Anybody can call an action, and with anything. What none of our forms sends is refused before anything is done, and
// told as 400 (instrumentation.ts).

export class Unreadable extends Error {
  override name = 'Unreadable';
}

/** What was sent, when it is a form at all. */
export function formSent(given: FormData): FormData {
  if (given instanceof FormData) return given;
  throw new Unreadable('An action was called without a form.');
}

/** What a form that answers on its own page remembers of the answer before: it comes back by way of the browser. */
export function stateSent<State extends z.ZodType>(shape: State, given: unknown): z.output<State> {
  const read = shape.safeParse(given);
  if (read.success) return read.data;
  throw new Unreadable('A form was sent with a state that no answer gave.');
}

/** All that most of them remember: how often they were answered, since focus moves once for each. */
export const answered = z.object({ answer: z.int().nonnegative() });
