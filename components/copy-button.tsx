'use client';

import { useState, useSyncExternalStore } from 'react';
import { Button } from './button';

const never = () => () => {};

/** Copying needs script and access to the clipboard; without either the button is not shown. */
export function CopyButton({ text, what = 'the address' }: { text: string; what?: string }) {
  const [state, setState] = useState<'' | 'copied' | 'failed'>('');
  const canCopy = useSyncExternalStore(
    never,
    () => typeof navigator.clipboard?.writeText === 'function',
    () => false,
  );
  if (!canCopy) return null;
  const copy = () =>
    navigator.clipboard.writeText(text).then(
      () => setState('copied'),
      () => setState('failed'),
    );
  return (
    <div className="mt-3 flex flex-wrap items-center gap-x-4 print:hidden">
      <Button type="button" kind="plain" slim onClick={copy}>
        Copy {what}
      </Button>
      <span role="status" className="text-small text-soft">
        {state === 'copied' && 'Copied'}
        {state === 'failed' && `Your browser did not allow it. Select ${what} and copy it.`}
      </span>
    </div>
  );
}
