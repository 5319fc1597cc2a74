'use server';

import { headers } from 'next/headers';
import { redirect } from 'next/navigation';
import { clientIp } from '@/app/client-ip';
import { answeredState, readForm, readState, readText } from '@/app/form-data';
import { readAllowed, readSeen, readTyped, type ScreenState } from '@/components/health-form/typed';
import { findLinkViewer } from '@/db/access/manage-tokens';
import { isChanged, saveAreas, saveSessionCheck } from '@/db/care/session-check';
import { isBusy } from '@/db/connection/database-busy';
import { consumeRateLimit } from '@/db/operations/rate-limits';

export async function sayNothingNewByLink(form: FormData): Promise<void> {
  readForm(form);
  const { token, uid, seen, here } = readWho(form);
  const done = await byLink(token, (viewer) =>
    saveSessionCheck(viewer, { uid, seen, isNew: false }, { now: Date.now() }),
  );
  if (done === 'busy') redirect(`${here}?flash=busy`);
  if (isChanged(done)) redirect(`${here}?flash=changed`);
  redirect(done?.ok && done.asksAreas ? `${here}?step=areas` : `${here}?done=1`);
}

export async function saySignsByLink(before: ScreenState, form: FormData): Promise<ScreenState> {
  readForm(form);
  const answer = readState(answeredState, before).answer + 1;
  const { token, uid, seen, here } = readWho(form);
  const typed = readTyped(form);
  const { yes, unsure, none, about } = typed;
  const said = { uid, seen, isNew: true, yes, unsure, none, about } as const;
  const done = await byLink(token, (viewer) => saveSessionCheck(viewer, said, { now: Date.now() }));
  if (done === 'busy') return { typed, errors: {}, problem: 'busy', answer };
  if (isChanged(done)) return { typed, errors: {}, problem: 'changed', answer, seen: done.at };
  if (done && !done.ok && done.reason === 'invalid') {
    const errors = Object.fromEntries(done.issues.map(({ path, message }) => [String(path[0]), message]));
    return { typed, errors, problem: null, answer };
  }
  redirect(here);
}

export async function sayAreasByLink(form: FormData): Promise<void> {
  readForm(form);
  const { token, uid, here } = readWho(form);
  const allowed = readAllowed(form);
  const done = await byLink(token, (viewer) => saveAreas(viewer, { uid, allowed }, { now: Date.now() }));
  redirect(done === 'busy' ? `${here}?step=areas&flash=busy` : `${here}?done=1`);
}

function readWho(form: FormData) {
  const token = readText(form, 'who', 64);
  return {
    token,
    uid: readText(form, 'uid', 64),
    seen: readSeen(form),
    here: `/manage/${encodeURIComponent(token)}/before`,
  };
}

async function byLink<Result>(
  token: string,
  act: (viewer: { role: 'link'; seriesId: string }) => Promise<Result>,
): Promise<Result | 'busy' | null> {
  try {
    const allowed = await consumeRateLimit('changes', clientIp(await headers()));
    if (!allowed.ok) return 'busy';
    const viewer = await findLinkViewer(token);
    return viewer && (await act(viewer));
  } catch (error) {
    if (isBusy(error)) return 'busy';
    throw error;
  }
}
