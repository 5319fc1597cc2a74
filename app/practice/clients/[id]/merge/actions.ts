'use server';

import { redirect } from 'next/navigation';
import { catchDatabaseBusy } from '@/app/catch-database-busy';
import { readText, requireFormData } from '@/app/form-data';
import { requireRole } from '@/auth';
import { mergeClients } from '@/db/people/merge-clients';

/** The form names both clients as they were shown, `a` and `b`, and which of the two to keep. */
export async function mergeTwoClients(form: FormData): Promise<void> {
  requireFormData(form);
  const viewer = await requireRole('staff');
  const seen = (name: 'a' | 'b') => ({
    id: readText(form, name, 64),
    version: Number(readText(form, `${name}Version`, 12)),
  });
  const [a, b] = [seen('a'), seen('b')];
  const [keep, join] = readText(form, 'keep', 64) === b.id ? [b, a] : [a, b];
  const result = await catchDatabaseBusy(() => mergeClients(viewer, { keep, join }, { now: Date.now() }));
  if (result !== 'busy' && result.ok) redirect(`/practice/clients/${encodeURIComponent(keep.id)}?flash=joined#flash`);
  const flash = result === 'busy' ? 'busy' : result.ok ? '' : result.reason;
  if (flash === 'not_found') redirect('/practice/clients?flash=gone#flash');
  redirect(`/practice/clients/${encodeURIComponent(a.id)}/merge?${new URLSearchParams({ with: b.id, flash })}#flash`);
}
