'use client';

import { useEffect } from 'react';
import { deleteOfflineDraft } from './offline-draft';

/** Part of the page of a signed note: deletes its offline draft, so that no draft outlives the signature. */
export function DeleteOfflineDraft({ uid }: { uid: string }) {
  useEffect(() => deleteOfflineDraft(uid), [uid]);
  return null;
}
