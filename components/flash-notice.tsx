import { FocusOnOpening } from './focus-on-opening';
import { Notice } from './notice';

export interface FlashContent {
  tone: 'good' | 'bad' | 'quiet';
  title: string;
  text?: string;
}

/** Confirms what was just done, by its name in the address. The words come from the page, never from the address. */
export function FlashNotice({ flash, notices }: { flash: unknown; notices: Record<string, FlashContent> }) {
  const notice = noticeOf(flash, notices);
  if (!notice) return null;
  return (
    <div className="pb-8">
      <FocusOnOpening>
        <Notice tone={notice.tone} title={notice.title} id="flash">
          {notice.text && <p>{notice.text}</p>}
        </Notice>
      </FocusOnOpening>
    </div>
  );
}

/** The same below a page's heading, announced to screen readers, where the form answers on its own page. */
export function LiveFlashNotice({ flash, notices }: { flash: unknown; notices: Record<string, FlashContent> }) {
  const notice = noticeOf(flash, notices);
  if (!notice) return null;
  return (
    <div className="mt-6">
      <Notice tone={notice.tone} title={notice.title} id="flash" live>
        {notice.text}
      </Notice>
    </div>
  );
}

function noticeOf(flash: unknown, notices: Record<string, FlashContent>): FlashContent | undefined {
  return typeof flash === 'string' && Object.hasOwn(notices, flash) ? notices[flash] : undefined;
}
