'use client';

import { type RefObject, useEffect, useRef } from 'react';

/**
 * Moves focus to the first invalid field, or else to the element `answer`, once per answer to a submitted form. Returns
 * the ref of the form; `answer` is a number that grows with each answer.
 */
export function useFocusAfterSubmit(answer: number): RefObject<HTMLFormElement | null> {
  const form = useRef<HTMLFormElement>(null);
  const lastAnswer = useRef<number>(undefined);
  useEffect(() => {
    if (lastAnswer.current === answer) return;
    lastAnswer.current = answer;
    const wrong = form.current?.querySelector<HTMLElement>('[aria-invalid=true]') ?? document.getElementById('answer');
    wrong?.focus();
  }, [answer]);
  return form;
}
