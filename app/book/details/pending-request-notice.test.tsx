import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import type { DemoMailLink } from '@/components/demo-mail-hint';
import { PendingRequestNotice } from './pending-request-notice';

const OWNERS_MAIL = '/sign-in?callbackUrl=%2Fpractice%2Fmail';

function render(
  reason: 'to_confirm' | 'to_approve',
  options: { sendsMail?: boolean; demoMail?: DemoMailLink | null; confirmsEveryNewClient?: boolean } = {},
): string {
  return renderToStaticMarkup(
    <PendingRequestNotice
      waits={{ reason, until: Date.parse('2026-12-01T14:20:00Z') }}
      email="nora@example.org"
      practice={{
        ...{ name: 'Harbour', phone: '01 555 0142', sendsMail: false, demoMail: null, confirmsEveryNewClient: false },
        ...options,
      }}
      timeZone="Europe/Dublin"
      locale="en-IE"
      links={{ dates: '/book?step=dates' }}
    />,
  );
}

describe('a booking that waits for its client to confirm it', () => {
  it("points to the client's e-mail, where e-mails go out", () => {
    const words = render('to_confirm', { sendsMail: true });
    expect(words).toContain('Not booked yet: open your e-mail');
    expect(words).toContain('We have sent a link to');
    expect(words).not.toMatch(/demo|sends no e-mail/);
  });

  it('gives the reason: too many unconfirmed bookings, or a rule of the practice for every new client', () => {
    expect(render('to_confirm', { sendsMail: true })).toContain('Many dates are booked just now');
    for (const demoMail of [null, { readAt: null }]) {
      const words = render('to_confirm', { sendsMail: !demoMail, demoMail, confirmsEveryNewClient: true });
      expect(words).toContain('Harbour asks every new client to confirm their e-mail address.');
      expect(words).not.toContain('Many dates');
    }
    expect(render('to_confirm', { confirmsEveryNewClient: true })).not.toMatch(/Many dates|one press/i);
  });

  it('links to where the e-mails of a demo can be read, if the demo sends none', () => {
    const words = render('to_confirm', { demoMail: { readAt: OWNERS_MAIL } });
    expect(words).toContain('This is a demo, and it sends no e-mail.');
    expect(words).toContain(`<a href="${OWNERS_MAIL}">Sign in as its owner</a>`);
    expect(words).not.toMatch(/open your e-mail|call us/);
  });

  it('says that a public demo sends no e-mail, and suggests cancelling some or booking fewer', () => {
    const words = render('to_confirm', { demoMail: { readAt: null } });
    expect(words).toContain('This is a demo, and it sends no e-mail.');
    expect(words).toContain('cancel some, or book fewer');
    expect(words).not.toMatch(/sign-in|open your e-mail|call us/);
  });

  it('asks for a call where the practice sends no e-mail yet, and promises no e-mail', () => {
    const words = render('to_confirm');
    expect(words).toContain('Not booked yet: talk to us');
    expect(words).toContain('sends no e-mail yet');
    expect(words).toContain('14:20');
    expect(words).not.toMatch(/demo|open your e-mail|Press it|spam/);
  });
});

describe('a booking that waits for the practice', () => {
  it('promises an answer by e-mail only where e-mails go out', () => {
    expect(render('to_approve', { sendsMail: true })).toContain('writes to');
    const words = render('to_approve');
    expect(words).not.toContain('writes to');
    expect(words).toContain('sends no e-mail yet');
    expect(render('to_approve', { demoMail: { readAt: OWNERS_MAIL } })).toContain(OWNERS_MAIL);
  });
});
