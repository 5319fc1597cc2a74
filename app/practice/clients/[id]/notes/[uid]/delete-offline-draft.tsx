'use client';

import { useEffect } from 'react';
import { deleteOfflineDraft } from './offline-draft';

/** Stands on a note that is signed: nothing of its draft outlives that. */
export function DeleteOfflineDraft({ uid }: { uid: string }) {
  useEffect(() => deleteOfflineDraft(uid), [uid]);
  return null;
}
