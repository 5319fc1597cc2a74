import { formatReplacement, parseReplacement } from './query-params';

/** The parameters of the address that a form was drawn from, overridden by the repairs chosen in the form. */
export function readBookingParamsFromForm(form: FormData): Record<string, unknown> {
  const address = form.get('address');
  const query = typeof address === 'string' && address.length < 8000 ? (address.split('?')[1] ?? '') : '';
  const params: Record<string, unknown> = Object.fromEntries(new URLSearchParams(query));
  return { ...params, ...Object.fromEntries(readReplacementsFromForm(form)) };
}

/** The address of the last step with the choices in a form. */
export function detailsStepHrefOfForm(form: FormData): string {
  const params = { ...readBookingParamsFromForm(form), step: 'you' } as Record<string, string>;
  return `/book?${new URLSearchParams(params)}`;
}

export function readReplacementsFromForm(form: FormData): [name: string, pick: string][] {
  return [...form].flatMap(([name, value]) => {
    const pick = /^d\d{1,3}$/.test(name) ? parseReplacement(value) : null;
    return pick ? [[name, formatReplacement(pick)] as [string, string]] : [];
  });
}
