'use client';

import { useRouter } from 'next/navigation';
import { useEffect, useRef } from 'react';

interface KeyboardShortcutsProps {
  /** Where "n" and Escape lead. Null where there is nothing to open or to close. */
  newHref: string | null;
  closeHref: string | null;
}

const FRAMES_UNTIL_DRAWN = 60;

/**
 * "n" books for a caller, "/" searches for a client, and Escape closes the panel. The first two do nothing while
 * somebody types in a field.
 */
export function KeyboardShortcuts({ newHref, closeHref }: KeyboardShortcutsProps) {
  const router = useRouter();
  const isOpen = closeHref !== null;
  const opener = useRef<string>(undefined);
  // The link that opened the panel is drawn again while the panel is open, so it is found by its href.
  useEffect(() => {
    if (isOpen) {
      return () => {
        let left = FRAMES_UNTIL_DRAWN;
        const giveBack = () => {
          if (document.activeElement !== document.body) return;
          const links = [...document.querySelectorAll<HTMLElement>('main a[href]')];
          const from = links.find((link) => link.checkVisibility() && link.getAttribute('href') === opener.current);
          if (from) from.focus({ preventScroll: true });
          else if (left-- > 0) requestAnimationFrame(giveBack);
        };
        requestAnimationFrame(giveBack);
      };
    }
    const remember = ({ target }: FocusEvent) => {
      if (target instanceof HTMLElement && target.matches('main a[href]'))
        opener.current = target.getAttribute('href') ?? undefined;
    };
    document.addEventListener('focusin', remember);
    return () => document.removeEventListener('focusin', remember);
  }, [isOpen]);
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
      const isTyping =
        event.target instanceof HTMLElement &&
        event.target.closest('input, textarea, select, [contenteditable]') !== null;
      if (event.key === '/' && !isTyping) {
        const search = document.querySelector<HTMLElement>('main [name="q"]');
        if (!search?.checkVisibility()) return;
        event.preventDefault();
        return search.focus();
      }
      const href = event.key === 'Escape' ? closeHref : event.key === 'n' && !isTyping ? newHref : null;
      if (!href) return;
      event.preventDefault();
      if (event.key === 'n') opener.current = href;
      router.push(href, { scroll: false });
    };
    document.addEventListener('keydown', press);
    return () => document.removeEventListener('keydown', press);
  }, [router, newHref, closeHref]);
  return null;
}
