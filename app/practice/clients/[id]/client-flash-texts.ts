/** The notice on a client's page after a press, by the `flash` in its address. */
export const clientFlashTexts: Record<string, { tone: 'good' | 'bad'; title: string; text: string }> = {
  joined: {
    tone: 'good',
    title: 'Joined',
    text: 'Everything of both is here now.',
  },
  saved: { tone: 'good', title: 'Saved', text: 'What you see now is what is kept.' },
  held_freed: {
    tone: 'good',
    title: 'The time is free again',
    text: 'They are not told. If they use the link of their e-mail, it says whether the time is still free.',
  },
  address_marked: {
    tone: 'good',
    title: 'Noted: e-mails come back',
    text: 'The calendar says so beside their dates, and no free time is held or offered to them by e-mail. Call them.',
  },
  address_reaches: {
    tone: 'good',
    title: 'Noted: e-mails arrive',
    text: 'They count as reached by e-mail again.',
  },
  conflict: {
    tone: 'bad',
    title: 'It has changed in the meantime',
    text: 'Nothing was changed now. Below is how it stands; do it again if it is still right.',
  },
  busy: {
    tone: 'bad',
    title: 'The practice’s computer is busy just now',
    text: 'Nothing was changed. Wait a moment and try again.',
  },
};
