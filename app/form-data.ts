import { z } from 'zod';
import { processState } from '@/process-state';

// Anybody can call an action, and with anything. What none of our forms sends is refused before anything is done, and
// answered with 400 (instrumentation.ts).

class MalformedForm extends Error {
  override name = 'Unreadable';
}

/**
 * What was sent, when it is a form at all. Every action calls this first: what breaks before it is answered with 400 too, since
 * then nothing but Next's reading of the form has run.
 */
export function requireFormData(formData: FormData): FormData {
  if (!(formData instanceof FormData)) throw new MalformedForm('An action was called without a form.');
  const request = processState.request.getStore();
  if (request) request.isFormRead = true;
  return formData;
}

/** The text of one field: cut, and without the half of a character that a cut may leave, which no address can hold. */
export function readText(form: FormData, name: string, most = 200): string {
  const value = form.get(name);
  return typeof value === 'string' ? wellFormed(value.slice(0, most)) : '';
}

/** The same words with a question mark in a diamond for each half of a character. */
function wellFormed(text: string): string {
  return text.replace(/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, '\ufffd');
}

/** The picture chosen in a file field; null where none was. What it is, its bytes tell (db/input/uploaded-picture.ts). */
export async function readPictureFile(form: FormData, name: string): Promise<{ file: Buffer } | null> {
  const value = form.get(name);
  return value instanceof File && value.size > 0 ? { file: Buffer.from(await value.arrayBuffer()) } : null;
}

/** What a form that answers on its own page remembers of the answer before: it comes back by way of the browser. */
export function parseFormState<State extends z.ZodType>(shape: State, formData: unknown): z.output<State> {
  const read = shape.safeParse(formData);
  if (read.success) return read.data;
  throw new MalformedForm('A form was sent with a state that no answer gave.');
}

/** All that most of them remember: how often they were answered, since focus moves once for each. */
export const answerCountSchema = z.object({ answer: z.int().nonnegative() });
