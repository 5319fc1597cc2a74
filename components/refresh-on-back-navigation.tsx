'use client';

import { useRouter } from 'next/navigation';
import { useEffect } from 'react';

let isReturn = false;

if (typeof window !== 'undefined') {
  window.addEventListener('popstate', () => {
    isReturn = true;
  });
}

/** The browser's back button shows a page as it was when it was left; this refreshes it. */
export function RefreshOnBackNavigation() {
  const router = useRouter();
  useEffect(() => {
    if (isReturn) router.refresh();
    isReturn = false;
    const look = ({ persisted }: PageTransitionEvent) => {
      if (persisted) router.refresh();
    };
    window.addEventListener('pageshow', look);
    return () => window.removeEventListener('pageshow', look);
  }, [router]);
  return null;
}
