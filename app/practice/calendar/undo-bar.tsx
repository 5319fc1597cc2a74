'use client';

import { useEffect, useLayoutEffect, useRef, useState } from 'react';
import { ActionForm } from '@/components/action-form';
import { Button } from '@/components/button';
import { undoLastChange } from './actions';

interface UndoBarProps {
  undo: {
    id: string;
    words: string;
    /** How long the undo is offered, in milliseconds. */
    leftMs: number;
    /** The calendar's own address, to come back to. */
    back: string;
  } | null;
}

/**
 * The last change with its undo. Screen readers hear it as soon as it appears, and it goes when the change's e-mails
 * are sent, unless it was pressed: then it stays until the answer comes. "u" presses it.
 */
export function UndoBar({ undo }: UndoBarProps) {
  const form = useRef<HTMLFormElement>(null);
  const [over, setOver] = useState<string>();
  const [pressed, setPressed] = useState<string>();
  const { id, leftMs } = undo ?? {};
  useEffect(() => {
    if (leftMs === undefined) return;
    const timer = setTimeout(() => setOver(id), leftMs);
    return () => clearTimeout(timer);
  }, [id, leftMs]);
  // A layout effect: the key works from the moment at which the bar is seen.
  useLayoutEffect(() => {
    const press = (event: KeyboardEvent) => {
      const isTyping = event.target instanceof HTMLElement && event.target.closest('input, textarea, select, dialog');
      if (event.key !== 'u' || isTyping || event.ctrlKey || event.metaKey || event.altKey || !form.current) return;
      event.preventDefault();
      form.current.requestSubmit();
    };
    document.addEventListener('keydown', press);
    return () => document.removeEventListener('keydown', press);
  }, []);
  return (
    <div role="status" className="print:hidden">
      {undo && (undo.id !== over || undo.id === pressed) && (
        // An open panel leaves room below its content: without script the bar stays, and would cover the last line.
        <div
          data-undo
          onSubmit={() => setPressed(undo.id)}
          className="fixed inset-x-(--gutter) bottom-4 z-30 mx-auto flex w-fit max-w-full items-center gap-4 rounded border border-ink bg-ink py-1.5 pr-1.5 pl-4 text-paper"
        >
          <p>{undo.words}.</p>
          <UndoForm undo={undo} form={form} />
        </div>
      )}
    </div>
  );
}

function UndoForm({
  undo,
  form,
}: {
  undo: NonNullable<UndoBarProps['undo']>;
  form: React.RefObject<HTMLFormElement | null>;
}) {
  return (
    <ActionForm ref={form} action={undoLastChange}>
      <input type="hidden" name="undo" value={undo.id} />
      <input type="hidden" name="back" value={undo.back} />
      <Button
        slim
        kind="plain"
        aria-keyshortcuts="u"
        className="border-paper! text-paper! hover:bg-paper! hover:text-ink!"
      >
        Undo
      </Button>
    </ActionForm>
  );
}
