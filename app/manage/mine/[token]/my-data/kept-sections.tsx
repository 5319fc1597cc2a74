import { DatesSection } from './dates-section';
import { EmailsSection } from './emails-section';
import type { KeptData } from './kept-data';
import { PaymentsSection } from './payments-section';
import { PlansSection } from './plans-section';
import { RemindersSection } from './reminders-section';
import { WaitingSection } from './waiting-section';
import { YouSection } from './you-section';

/** Everything in the file, in words; a section without anything in it is left out. */
export function KeptSections(kept: KeptData) {
  return (
    <>
      <YouSection {...kept} />
      <DatesSection {...kept} />
      <PlansSection {...kept} />
      <PaymentsSection {...kept} />
      <WaitingSection {...kept} />
      <RemindersSection {...kept} />
      <EmailsSection {...kept} />
    </>
  );
}
