'use client';

import { useEffect } from 'react';
import { forgetDraft } from './draft-buffer';

/** Stands on a note that is signed: nothing of its draft outlives that. */
export function ForgetDraft({ uid }: { uid: string }) {
  useEffect(() => forgetDraft(uid), [uid]);
  return null;
}
