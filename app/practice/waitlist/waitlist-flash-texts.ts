import type { FlashContent } from '@/components/flash-notice';
import { pickTextByMailEnabled } from '@/mail/is-mail-enabled';

/**
 * The notices after a press. Where no mail server is set, nobody gets an e-mail about it and nothing is offered
 * automatically.
 */
export function getWaitlistFlashTexts(): Record<string, FlashContent> {
  return {
    added: {
      tone: 'good',
      title: 'On the list',
      text: pickTextByMailEnabled(
        'With an e-mail address, what suits them is held and offered once it is free.',
        'When a time suits them, offer it here and call them.',
      ),
    },
    confirmed: {
      tone: 'good',
      title: 'Confirmed',
      text: pickTextByMailEnabled(
        'What suits them is held and offered once it is free.',
        'When a time suits them, offer it here and call them.',
      ),
    },
    offered: {
      tone: 'good',
      title: 'Offered',
      text: `It is held for them. ${pickTextByMailEnabled('With an e-mail address they get an e-mail.', 'Call them: no e-mail is sent.')}`,
    },
    booked: {
      tone: 'good',
      title: 'Booked',
      text: pickTextByMailEnabled(
        'With an e-mail address they get an e-mail.',
        'Tell them when it is: no e-mail is sent.',
      ),
    },
    declined: {
      tone: 'good',
      title: 'Noted',
      text: pickTextByMailEnabled('The time goes to the next who waits for it.', 'The time is free again.'),
    },
    taken_back: {
      tone: 'good',
      title: 'Withdrawn',
      text: `The time is free again.${pickTextByMailEnabled(' In five minutes it is offered to the next person, unless it is taken by then.', '')}`,
    },
    removed: { tone: 'good', title: 'Removed', text: 'They are offered nothing more for this.' },
    lost: { tone: 'bad', title: 'It can no longer be booked', text: 'Nothing was booked. They are still on the list.' },
    gone: { tone: 'bad', title: 'There was nothing to do', text: 'What you see now is how it stands.' },
    busy: { tone: 'bad', title: 'The practice is busy', text: 'Nothing was changed. Try again in a moment.' },
  };
}
