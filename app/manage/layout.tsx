import type { Metadata } from 'next';
import type { ReactNode } from 'react';

// Whoever has the address may change the dates: it is for no index and no other site.
export const metadata: Metadata = { robots: { index: false, follow: false }, referrer: 'no-referrer' };

export default function ManageLayout({ children }: { children: ReactNode }) {
  return children;
}
