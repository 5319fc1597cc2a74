import type { Metadata } from 'next';
import type { ReactNode } from 'react';

// Whoever has the address may change the dates, so it must not be indexed. proxy.ts decides what other sites may learn
// of it.
export const metadata: Metadata = { robots: { index: false, follow: false } };

export default function ManageLayout({ children }: { children: ReactNode }) {
  return children;
}
