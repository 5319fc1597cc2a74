'use client';

import { useRouter } from 'next/navigation';
import { useEffect } from 'react';

interface KeyboardShortcutsProps {
  /** Where "n" leads, and Escape. Null where there is nothing to open, or to close. */
  newHref: string | null;
  closeHref: string | null;
}

/** "n" books for a caller and Escape closes the panel. Neither is taken from a field that somebody types in. */
export function KeyboardShortcuts({ newHref, closeHref }: KeyboardShortcutsProps) {
  const router = useRouter();
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
      const isTyping =
        event.target instanceof HTMLElement &&
        event.target.closest('input, textarea, select, [contenteditable]') !== null;
      const href = event.key === 'Escape' ? closeHref : event.key === 'n' && !isTyping ? newHref : null;
      if (!href) return;
      event.preventDefault();
      router.push(href, { scroll: false });
    };
    document.addEventListener('keydown', press);
    return () => document.removeEventListener('keydown', press);
  }, [router, newHref, closeHref]);
  return null;
}
