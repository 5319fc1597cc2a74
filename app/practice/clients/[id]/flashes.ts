/** What is said on a client's page after a press, by the `flash` in its address. */
export const flashes: Record<string, { tone: 'good' | 'bad'; title: string; text: string }> = {
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
