// The interactive parts of a page with times to choose from. The times are links, which work without them.
import { moveAlongLine, moveAmongCells } from './arrow-keys.ts';
import { focusOpenedPart } from './focus-opened-part.ts';
import { showVisitorClock } from './visitor-clock.ts';
import { whenParsed } from './when-parsed.ts';

whenParsed(() => {
  for (const table of document.querySelectorAll<HTMLTableElement>('table[data-arrow-keys]')) moveAmongCells(table);
  for (const line of document.querySelectorAll<HTMLElement>('[data-arrow-keys=line]')) moveAlongLine(line);
  showVisitorClock();
  focusOpenedPart();
});
