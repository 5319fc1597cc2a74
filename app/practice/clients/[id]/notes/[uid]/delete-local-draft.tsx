'use client';

import { useEffect } from 'react';
import { deleteLocalDraft } from './local-draft';

/** Stands on a note that is signed: nothing of its draft outlives that. */
export function DeleteLocalDraft({ uid }: { uid: string }) {
  useEffect(() => deleteLocalDraft(uid), [uid]);
  return null;
}
