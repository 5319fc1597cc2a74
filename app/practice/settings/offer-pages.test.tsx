import type { ReactNode } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { listMassageSettings } from '@/db/offer/massages';
import { listRooms } from '@/db/offer/rooms';
import { listTeam } from '@/db/offer/team';
import { auditEvents, outbox } from '@/db/schema';
import { insertTestAppointment } from '@/db/testing/test-appointments';
import { setUpTestDatabase } from '@/db/testing/test-database';
import { NOW, OWNER_VIEWER } from '@/db/testing/test-requests';

// The pages and actions for an owner's massages, rooms and team, tested with each kind of user.

const session = vi.hoisted((): { userId: string | null } => ({ userId: null }));
vi.mock('next-auth', () => ({ default: () => undefined, getServerSession: async () => session }));
vi.mock('next/headers', () => ({ headers: async () => new Headers(), cookies: async () => new Map() }));
vi.mock('next/cache', () => ({ revalidatePath: () => undefined }));
vi.mock('next/server', async (original) => ({ ...(await original<object>()), connection: async () => undefined }));

const { default: MassagesPage } = await import('./massages/page');
const { default: MassagePage } = await import('./massages/[id]/page');
const { default: RoomsPage } = await import('./rooms/page');
const { default: HealthFormPage } = await import('./health-form/page');
const { default: TeamPage } = await import('./team/page');
const { default: MemberPage } = await import('./team/[id]/page');
const massages = await import('./massages/actions');
const rooms = await import('./rooms/actions');
const team = await import('./team/actions');
const healthForm = await import('./health-form/actions');

vi.useFakeTimers({ now: NOW, toFake: ['Date'] });
const db = setUpTestDatabase({ now: NOW });
beforeEach(() => {
  session.userId = 'ruth';
});

const query = (fields: Record<string, string> = {}) => Promise.resolve(fields);
const PAGES: Record<string, () => Promise<ReactNode>> = {
  massages: () => MassagesPage({ searchParams: query({ flash: 'saved' }) }),
  massage: () => MassagePage({ params: Promise.resolve({ id: 'swedish' }) }),
  'a new massage': () => MassagePage({ params: Promise.resolve({ id: 'new' }) }),
  rooms: () => RoomsPage({ searchParams: query() }),
  room: () => RoomsPage({ searchParams: query({ edit: 'garden' }) }),
  'the health form': () => HealthFormPage({ searchParams: query({ flash: 'removed' }) }),
  'a new question': () => HealthFormPage({ searchParams: query({ edit: 'new' }) }),
  team: () => TeamPage({ searchParams: query() }),
  member: () => MemberPage({ params: Promise.resolve({ id: 'mira' }), searchParams: query({ flash: 'added' }) }),
  'front desk': () => MemberPage({ params: Promise.resolve({ id: 'nora' }), searchParams: query() }),
};
const draw = async (name: string) => renderToStaticMarkup(await PAGES[name]!());
const formOf = (fields: [name: string, value: string][]) => {
  const form = new FormData();
  for (const [name, value] of fields) form.append(name, value);
  return form;
};

/** Where an action leads, 'nothing' for a 404, or 'here' where it stays on the page. */
async function outcomeOf(work: Promise<unknown>): Promise<string> {
  try {
    await work;
  } catch (error) {
    const { digest = '' } = error as { digest?: string };
    if (digest.startsWith('NEXT_REDIRECT')) return digest.split(';')[2] ?? '';
    if (digest.startsWith('NEXT_HTTP_ERROR_FALLBACK;404')) return 'nothing';
    throw error;
  }
  return 'here';
}

describe('the pages of what is offered', () => {
  it.each([
    ['massages', ['From €42. 30, 60 and 90 minutes', 'Move Sports up', 'role="status"']],
    ['massage', ['value="68.00"', 'Retire this massage', 'Mira Kovač', 'Delete this massage']],
    ['a new massage', ['A new massage', 'Add a length']],
    ['rooms', ['Garden room', 'Swedish, Sports, Deep tissue']],
    ['room', ['value="Garden room"', 'Retire this room']],
    ['the health form', ['You ask nothing of your own yet', 'Add a question', 'role="status"']],
    ['a new question', ['A new question', 'What 0 means', 'One of a few answers']],
    ['team', ['Ruth Keane', 'Therapist: Sports, Deep tissue', 'Front desk', 'Add them']],
    [
      'member',
      [
        'placeholder="68.00"',
        'They are on the team',
        'href="/practice/settings/hours?who=mira"',
        'show their link to sign in below',
        'Show their link',
      ],
    ],
    ['front desk', ['Nora Daly', 'name="colour"']],
  ])('show %s to an owner', async (name, words) => {
    const page = (await draw(name)).replaceAll('&#x27;', '’');
    for (const word of words) expect(page).toContain(word);
  });

  it('answer 404 to anybody else', async () => {
    for (const userId of ['mira', 'nora', 'ana']) {
      session.userId = userId;
      for (const name of Object.keys(PAGES)) expect(await outcomeOf(draw(name)), `${userId} ${name}`).toBe('nothing');
    }
    session.userId = null;
    expect(await outcomeOf(draw('team'))).toMatch(/^\/sign-in/);
  });
});

describe('the actions of what is offered', () => {
  it('change nothing for anybody but an owner', async () => {
    const before = [
      await listMassageSettings(OWNER_VIEWER),
      await listRooms(OWNER_VIEWER),
      await listTeam(OWNER_VIEWER),
    ];
    const state = {} as never;
    for (const userId of ['mira', 'nora', 'ana']) {
      session.userId = userId;
      const form = () =>
        formOf([
          ['id', 'swedish'],
          ['name', 'Mine'],
          ['step', '1'],
          ['email', 'a@example.org'],
        ]);
      const WITH_STATE = [
        ...['saveMassageForm', 'saveRoomForm', 'saveTeamMember', 'saveHealthFormQuestion'],
        ...['stopOfferingMassage', 'stopUsingRoom', 'removeTeamMember', 'addTeamMember', 'showFirstSignInLink'],
        'correctMemberAddress',
      ];
      for (const actions of [massages, rooms, team, healthForm])
        for (const [name, action] of Object.entries(actions)) {
          const work = WITH_STATE.includes(name)
            ? (action as (before: never, form: FormData) => Promise<unknown>)(state, form())
            : (action as (form: FormData) => Promise<unknown>)(form());
          expect(await outcomeOf(work), `${userId} ${name}`).toBe('nothing');
        }
    }
    expect([
      await listMassageSettings(OWNER_VIEWER),
      await listRooms(OWNER_VIEWER),
      await listTeam(OWNER_VIEWER),
    ]).toEqual(before);
  });

  it('ask what is to become of booked dates, and do as they are told', async () => {
    await db.write((tx) =>
      insertTestAppointment(tx, { id: 'booked', on: '2026-12-01', time: '18:00', therapistId: 'mira' }),
    );
    const untouched = { problem: null, dates: null };
    const preview = await massages.stopOfferingMassage(untouched, formOf([['id', 'swedish']]));
    expect(preview).toMatchObject({
      problem: null,
      dates: [
        {
          when: 'Tue 1 Dec, 18:00',
          what: 'Nia Walsh, Swedish with Mira Kovač',
          moveHref: '/practice/calendar?on=2026-12-01&whose=everyone&open=booked&ask=move',
        },
      ],
    });
    const other = formOf([
      ['id', 'swedish'],
      ['seen', 'another.1'],
      ['date-another', 'cancel'],
    ]);
    expect(await massages.stopOfferingMassage(untouched, other)).toMatchObject({ problem: 'list_changed' });
    const decided = formOf([
      ['id', 'swedish'],
      ['seen', 'booked.1'],
      ['date-booked', 'cancel'],
    ]);
    expect(await outcomeOf(massages.stopOfferingMassage(untouched, decided))).toBe(
      '/practice/settings/massages?flash=retired',
    );
  });

  it('keep what was typed when it is not valid yet, and add rows for lengths', async () => {
    const fields: [string, string][] = [
      ['id', ''],
      ['name', 'Hot stone'],
      ['minutes', '60'],
      ['price', 'much'],
    ];
    const wrong = await massages.saveMassageForm({} as never, formOf(fields));
    expect(wrong).toMatchObject({ values: { name: 'Hot stone', lengths: [{ minutes: '60', price: 'much' }] } });
    expect(wrong.errors['lengths.0']).toContain('EUR');
    const more = await massages.saveMassageForm({} as never, formOf([...fields, ['more', '1']]));
    expect(more.values.lengths).toHaveLength(3);
  });

  it('send a new team member the e-mail with which they sign in', async () => {
    vi.stubEnv('SMTP_URL', 'smtp://mail.example:587');
    const form = formOf([
      ['name', 'Una Flynn'],
      ['email', 'una@example.org'],
      ['role', 'therapist'],
    ]);
    expect(await outcomeOf(team.addTeamMember({} as never, form))).toMatch(
      /^\/practice\/settings\/team\/[\w-]+\?flash=added$/,
    );
    const [mail] = await db.connection().reader.select().from(outbox);
    expect(mail).toMatchObject({ toEmail: 'una@example.org', kind: 'sign_in' });
  });

  it('send no e-mail without a mail server: the owner sees the link, which is in no address and no history', async () => {
    vi.stubEnv('SMTP_URL', '');
    const print = vi.spyOn(process.stdout, 'write').mockImplementation(() => true);
    const form = formOf([
      ['name', 'Una Flynn'],
      ['email', 'una@example.org'],
      ['role', 'therapist'],
    ]);
    const href = await outcomeOf(team.addTeamMember({} as never, form));
    const id = /team\/([\w-]+)\?/.exec(href)?.[1] ?? '';
    const untouched = { link: null, problem: null, answer: 0 };
    const { link } = await team.showFirstSignInLink(untouched, formOf([['id', id]]));
    const { reader } = db.connection();
    expect(link).toContain('/sign-in/confirm?token=');
    const token = new URL(link ?? '').searchParams.get('token') ?? '';
    const kept = [await reader.select().from(outbox), await reader.select().from(auditEvents)];
    expect(kept[0]).toEqual([]);
    expect(JSON.stringify(kept)).not.toContain(token.split('.')[0]);
    expect(print).not.toHaveBeenCalled();
    expect(await team.showFirstSignInLink(untouched, formOf([['id', 'nobody']]))).toMatchObject({ problem: 'refused' });
    print.mockRestore();
  });

  it('add a question to the health form, and keep what was typed when it is not valid yet', async () => {
    const answer = { values: {}, errors: {}, problem: null, answer: 0 } as never;
    const fields: [string, string][] = [
      ['words', 'How do you lie best?'],
      ['kind', 'choice'],
      ['choices', 'Side'],
      ['isRequired', 'yes'],
    ];
    const wrong = await healthForm.saveHealthFormQuestion(answer, formOf(fields));
    expect(wrong).toMatchObject({
      values: { words: 'How do you lie best?', choices: 'Side', isRequired: true },
      answer: 1,
    });
    expect(wrong.errors.choices).toContain('at least two');
    const right = formOf([...fields.filter(([name]) => name !== 'choices'), ['choices', 'Side\r\nBack']]);
    expect(await outcomeOf(healthForm.saveHealthFormQuestion(answer, right))).toBe(
      '/practice/settings/health-form?flash=saved',
    );
    expect(await draw('the health form')).toContain('One of a few: Side, Back. Must be answered');
    expect(await outcomeOf(healthForm.moveHealthFormQuestion(formOf([['id', 'nothing']])))).toBe(
      '/practice/settings/health-form?flash=gone',
    );
    expect(await outcomeOf(healthForm.removeHealthFormQuestion(formOf([['id', 'nothing']])))).toBe(
      '/practice/settings/health-form?flash=gone',
    );
  });
});
