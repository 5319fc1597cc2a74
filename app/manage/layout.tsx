import type { Metadata } from 'next';
import type { ReactNode } from 'react';

// Whoever has the address may change the dates: it is for no index. What other sites may learn of it, proxy.ts says.
export const metadata: Metadata = { robots: { index: false, follow: false } };

export default function ManageLayout({ children }: { children: ReactNode }) {
  return children;
}
