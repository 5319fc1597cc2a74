'use client';

import { useSyncExternalStore } from 'react';
import { Button } from '@/components/button';

const never = () => () => {};

/** Printing needs script; without it the button is not shown. */
export function PrintButton({ slim, kind = 'plain' }: { slim?: boolean; kind?: 'plain' | 'link' }) {
  const hasScript = useSyncExternalStore(
    never,
    () => true,
    () => false,
  );
  if (!hasScript) return null;
  if (kind === 'link')
    return (
      <button
        type="button"
        onClick={() => window.print()}
        className="min-h-11 min-w-11 text-small text-euc underline underline-offset-3 hover:text-euc-deep"
      >
        Print
      </button>
    );
  return (
    <Button type="button" kind="plain" slim={slim ?? false} onClick={() => window.print()}>
      Print
    </Button>
  );
}
