import { renderToStaticMarkup } from 'react-dom/server';
import { afterEach, expect, it, vi } from 'vitest';
import { ReminderLines } from './reminder-lines';

afterEach(() => vi.unstubAllEnvs());

const NOW = Date.parse('2026-11-30T10:00Z');

function render(channel: 'email' | 'text') {
  const reminder = { channel, step: 1440, state: 'waiting', why: null, at: Date.parse('2026-12-06T09:00Z') } as const;
  const reminders = { confirmedAt: null, reminders: [reminder] };
  return renderToStaticMarkup(
    <ReminderLines reminders={reminders} timeZone="Europe/Dublin" locale="en-IE" now={NOW} />,
  );
}

it('promises a reminder by e-mail only where e-mails are sent', () => {
  vi.stubEnv('SMTP_URL', 'smtp://localhost');
  expect(render('email')).toContain('goes Sun 6 Dec, 09:00');
  vi.stubEnv('SMTP_URL', '');
  expect(render('email')).toContain('not sent while no mail server is set');
  expect(render('text')).toContain('goes Sun 6 Dec, 09:00');
});
