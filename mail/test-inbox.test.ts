import { expect, it } from 'vitest';
import { openTestInbox } from './test-inbox';
import { sendEmail } from './transport';

it('has a message that it accepted late, although the sender had given up', async () => {
  const inbox = await openTestInbox();
  try {
    inbox.answer = (attempt) => (attempt === 1 ? 'take late' : 'hang up');
    const message = { subject: 'Your appointment', text: 'Tuesday', html: '<p>Tuesday</p>', calendars: [] };
    const send = (messageId: string) =>
      sendEmail(
        inbox.url,
        { messageId, to: 'ana@example.org', from: { name: 'Practice', address: 'hello@practice.example' } },
        message,
      );
    const first = send('<1@practice.example>');
    while (inbox.attempts === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    const outcomes = await Promise.all([first, send('<2@practice.example>')]);
    expect(outcomes.map(({ ok }) => ok)).toEqual([false, false]);
    expect(inbox.received).toHaveLength(0);
    await inbox.idle();
    expect(inbox.received.map(({ mail }) => mail.messageId)).toEqual(['<1@practice.example>']);
  } finally {
    await inbox.close();
  }
});
