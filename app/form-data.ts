import { z } from 'zod';
import { processState } from '@/process-state';

// Anybody can call an action, with any data. What none of our forms would send is refused before anything is done, and
// answered with 400 (instrumentation.ts).

class MalformedForm extends Error {
  override name = 'Unreadable';
}

/**
 * The data, if it is a form at all. Every action calls this first: an error before it is answered with 400 too, because
 * until then only Next's own reading of the form has run.
 */
export function requireFormData(formData: FormData): FormData {
  if (!(formData instanceof FormData)) throw new MalformedForm('An action was called without a form.');
  const request = processState.request.getStore();
  if (request) request.isFormRead = true;
  return formData;
}

/**
 * The text of one field, cut to length. A cut may leave half of a character, which no address can hold, so that half is
 * removed.
 */
export function readText(form: FormData, name: string, most = 200): string {
  const value = form.get(name);
  return typeof value === 'string' ? wellFormed(value.slice(0, most)) : '';
}

/** The same text with the replacement character (a question mark in a diamond) for each half of a character. */
function wellFormed(text: string): string {
  return text.replace(/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, '\ufffd');
}

/**
 * The picture chosen in a file field; null where none was chosen. Its type is read from its bytes
 * (db/input/uploaded-picture.ts).
 */
export async function readPictureFile(form: FormData, name: string): Promise<{ file: Buffer } | null> {
  const value = form.get(name);
  return value instanceof File && value.size > 0 ? { file: Buffer.from(await value.arrayBuffer()) } : null;
}

/** The earlier state of a form that answers on its own page. It comes back through the browser, so it is checked. */
export function parseFormState<State extends z.ZodType>(shape: State, formData: unknown): z.output<State> {
  const read = shape.safeParse(formData);
  if (read.success) return read.data;
  throw new MalformedForm('A form was sent with a state that no answer gave.');
}

/** All that most of these forms remember: the number of answers, because focus moves once for each. */
export const answerCountSchema = z.object({ answer: z.int().nonnegative() });
