// The interactive parts of a page with times to choose from. The times are links, which work without them.
import { moveAlongLine, moveAmongCells } from './arrow-keys.ts';
import { focusHeading } from './focus-heading.ts';
import { showVisitorClock } from './visitor-clock.ts';

const all = (selector: string) => document.querySelectorAll<HTMLElement>(selector);

for (const table of all('table[data-arrow-keys]')) moveAmongCells(table as HTMLTableElement);
for (const line of all('[data-arrow-keys=line]')) moveAlongLine(line);
for (const note of all('[data-visitor-clock]')) showVisitorClock(note);
focusHeading();
