import { type FlashContent, FlashNotice } from '@/components/flash-notice';
import { isMailEnabled, pickTextByMailEnabled } from '@/mail/is-mail-enabled';
import { formatHowToContact } from '@/scheduling/name-formatting';

/** What was just done. */
export function ProgressFlashNotice({
  flash,
  practice,
}: {
  flash: unknown;
  practice: { name: string; phone: string };
}) {
  const mail = isMailEnabled() ? ' An e-mail is on its way.' : '';
  const reach = formatHowToContact(practice);
  const notices: Record<string, FlashContent> = {
    continue: { tone: 'good', title: 'You keep going', text: 'Nothing has changed.' },
    change: { tone: 'good', title: 'Changed', text: `The dates that are left are as you chose.${mail}` },
    space_out: { tone: 'good', title: 'Every 2 weeks from now on', text: `Your dates have been moved.${mail}` },
    pause: {
      tone: 'good',
      title: 'Paused for two weeks',
      text: `The dates of the pause are cancelled; the others stay as they were.${mail}`,
    },
    stop: {
      tone: 'good',
      title: 'You have stopped',
      text: `Your later dates are cancelled. A date too close to cancel here stays booked: see “Your dates”. We ask for no more scores.${mail}`,
    },
    none_chosen: {
      tone: 'bad',
      title: 'Nothing was changed',
      text: 'Choose what you want instead, then press Change.',
    },
    taken: {
      tone: 'bad',
      title: 'Not all of your dates are free for that',
      text: `Nothing was changed. You can move single dates under “Your dates”, or ${reach}.`,
    },
    conflict: {
      tone: 'bad',
      title: 'Your dates have changed in the meantime',
      text: 'Nothing was changed now. Below is how they stand; do it again if it is still right.',
    },
    paid: {
      tone: 'bad',
      title: 'Some of it has been paid already',
      text: `Nothing was changed. Please ${reach}, and a person will help.`,
    },
    unconfirmed: {
      tone: 'bad',
      title: 'Confirm your e-mail address first',
      text: pickTextByMailEnabled(
        `Nothing was changed. Press “Confirm my e-mail address” in the e-mail with your dates. Or ${reach}.`,
        `Nothing was changed. This site sends no e-mail yet: please ${reach}.`,
      ),
    },
    busy: {
      tone: 'bad',
      title: 'The practice’s computer is busy just now',
      text: `Nothing was changed. Wait a moment and try again, or ${reach}.`,
    },
  };
  for (const reason of ['not_found', 'not_now', 'not_weekly', 'nothing_left']) notices[reason] = notices.conflict!;
  return <FlashNotice flash={flash} notices={notices} />;
}
