'use client';

import { useSyncExternalStore } from 'react';
import { Button } from '@/components/button';

const never = () => () => {};

/** Printing needs script; without it there is no button that does nothing. */
export function PrintButton({ slim }: { slim?: boolean }) {
  const hasScript = useSyncExternalStore(
    never,
    () => true,
    () => false,
  );
  if (!hasScript) return null;
  return (
    <Button type="button" kind="plain" slim={slim ?? false} onClick={() => window.print()}>
      Print
    </Button>
  );
}
