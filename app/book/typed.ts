// The fields of the last step, apart from the rules they are held to: the browser needs only these.

export const fields = ['name', 'email', 'phone', 'note', 'score', 'consent'] as const;
export type Typed = Record<(typeof fields)[number], string>;

export const nothingTyped: Typed = { name: '', email: '', phone: '', note: '', score: '', consent: '' };
