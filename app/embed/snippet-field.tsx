import { CopyButton } from '@/components/copy-button';

/** The HTML to copy into another site's page: with a button where there is script, by hand where there is none. */
export function SnippetField({ label, text }: { label: string; text: string }) {
  return (
    <>
      <textarea
        readOnly
        aria-label={label}
        rows={6}
        value={text}
        className="w-full rounded border border-edge bg-sheet p-3 font-mono text-small wrap-anywhere text-ink"
      />
      <CopyButton text={text} what="these lines" />
    </>
  );
}
