import { expect, expectAccessible, expectNoOverflow, signInAs, test } from './fixtures';
import { makeSignInLink } from './sign-in-link';

const PEOPLE: Record<string, [id: string, name: string]> = {
  phone: ['tom', 'Tom Nolan'],
  desktop: ['aoife', 'Aoife Byrne'],
  'no-script': ['jun', 'Jun Sato'],
};

test('a therapist signs in by e-mail, and the link works once @one-size @no-script', async ({
  page,
  baseURL,
  anotherPerson,
}) => {
  // The screen sizes run in parallel, so each has a person of its own.
  const [id, name] = PEOPLE[test.info().project.name]!;
  const email = `${id}@fortnight.example`;
  await page.goto('/practice/mail');
  await expect(page).toHaveURL(/\/sign-in\?callbackUrl=%2Fpractice%2Fmail$/);
  await page.getByLabel('E-mail').fill(email);
  await page.getByRole('button', { name: 'E-mail me a link' }).click();
  await expect(page.getByRole('heading', { name: 'Check your e-mail' })).toBeVisible();
  await expectNoOverflow(page);

  const link = makeSignInLink(email, baseURL!);
  // A mail scanner opens every link, and every address that it can derive from one.
  for (let count = 0; count < 5; count += 1) await page.request.get(link);
  await page.request.get(link.replace('/sign-in/confirm', '/api/auth/callback/email'));

  await page.goto(link);
  await expectNoOverflow(page);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page).toHaveURL(/\/practice\/mail$/);
  await expect(page.getByText(`Signed in as ${name}`)).toBeVisible();

  const otherDevice = await anotherPerson();
  await otherDevice.goto(link);
  await otherDevice.getByRole('button', { name: 'Sign in' }).click();
  await expect(otherDevice.getByText('That link does not open anything any more')).toBeVisible();
});

test('a stranger gets the same answer as a therapist @one-size', async ({ page }) => {
  await page.goto('/sign-in');
  await page.getByLabel('E-mail').fill('nobody@example.org');
  await page.getByRole('button', { name: 'E-mail me a link' }).click();
  await expect(page).toHaveURL(/\/sign-in\/sent$/);
  await expectAccessible(page);
});

test('21. A logged-out cookie that is sent again is not signed in @desktop-only', async ({ page, context }) => {
  await signInAs(page, 'owner', '/practice/mail');
  await expect(page.getByText('Signed in as Ruth Keane')).toBeVisible();
  const cookies = await context.cookies();
  await page.getByRole('button', { name: 'Sign out', exact: true }).click();
  await expect(page).toHaveURL(/\/$/);
  await context.addCookies(cookies);
  await page.goto('/practice/mail');
  await expect(page).toHaveURL(/\/sign-in\?callbackUrl=/);
});

test('another site cannot use the demo’s sign-in @desktop-only', async ({ page, baseURL }) => {
  await page.goto('/sign-in');
  const action = await page.locator('form:has(button[name=role]) input[name^="$ACTION"]').first().getAttribute('name');
  const send = (headers: Record<string, string>) =>
    page.request.post('/sign-in', { headers, multipart: { [action!]: '', role: 'owner' }, maxRedirects: 0 });
  const elsewhere: Record<string, string>[] = [
    { origin: 'https://evil.example' },
    { origin: 'null' },
    { origin: baseURL!, 'sec-fetch-site': 'cross-site' },
    { origin: 'http://blog.127.0.0.1:3210', 'sec-fetch-site': 'same-site' },
    {},
  ];
  for (const headers of elsewhere) expect((await send(headers)).status()).toBe(403);
  expect((await page.context().cookies()).filter((cookie) => cookie.name.includes('session'))).toEqual([]);
  expect((await send({ origin: 'null', 'sec-fetch-site': 'same-origin' })).status()).toBe(303);
});

test.describe('a form on another site', () => {
  test.use({ expectedNoise: [/403/] });

  test('changes nothing @desktop-only', async ({ page, baseURL }) => {
    await signInAs(page, 'owner', '/practice/mail');
    const elsewhere = baseURL!.replace('127.0.0.1', 'localhost');
    await page.route(`${elsewhere}/elsewhere`, (route) =>
      route.fulfill({
        contentType: 'text/html',
        body: `<form method="post" action="${baseURL}/api/auth/signout"><button>Win</button></form>`,
      }),
    );
    await page.goto(`${elsewhere}/elsewhere`);
    const answer = page.waitForResponse(/signout/);
    await page.getByRole('button').click();
    expect((await answer).status()).toBe(403);
    await page.goto('/practice/mail');
    await expect(page.getByText('Signed in as Ruth Keane')).toBeVisible();
  });
});

// Who may open what. A new practice address needs a row here.
const NOBODYS = { reader: 'sign in', client: 'not found' } as const;
const MATRIX: [
  address: string,
  can: Record<'reader' | 'client' | 'therapist' | 'owner', 'see' | 'sign in' | 'not found'>,
][] = [
  ['/practice/mail', { ...NOBODYS, therapist: 'see', owner: 'see' }],
  ['/practice/calendar', { ...NOBODYS, therapist: 'see', owner: 'see' }],
  ['/sign-in', { reader: 'see', client: 'see', therapist: 'see', owner: 'see' }],
];

for (const [role, person] of [
  ['reader', 'somebody who is not signed in'],
  ['client', 'a client who is signed in'],
  ['therapist', 'a therapist'],
  ['owner', 'an owner'],
] as const) {
  test(`whatever headers they send, ${person} sees only what their role may see @desktop-only`, async ({ page }) => {
    if (role !== 'reader') await signInAs(page, role, '/sign-in/sent');
    const tricks: Record<string, string>[] = [
      {},
      { RSC: '1' },
      { RSC: '1', 'Next-Router-Prefetch': '1' },
      { 'x-middleware-subrequest': 'proxy:proxy:proxy:proxy:proxy' },
      { 'x-fortnight-path': '//evil.example', 'x-forwarded-host': 'evil.example' },
    ];
    for (const [address, can] of MATRIX)
      for (const headers of tricks) {
        const answer = await page.request.get(address, { headers, maxRedirects: headers.RSC ? 5 : 0 });
        const body = await answer.text();
        if (can[role] !== 'see')
          expect(body, address).not.toMatch(/Signed in as|fortnight\.example|Everything this practice has written/);
        // Next redirects every RSC request that lacks its own parameter.
        if (headers.RSC) continue;
        if (can[role] === 'see') expect(answer.status(), `${address} ${JSON.stringify(headers)}`).toBe(200);
        if (can[role] === 'sign in') {
          expect(answer.status()).toBe(307);
          expect(answer.headers().location).not.toContain('evil');
        }
        if (can[role] === 'not found') expect(answer.status()).toBe(404);
      }
  });
}

test('a made-up session cookie opens nothing @desktop-only', async ({ page, context, baseURL }) => {
  await context.addCookies([{ name: 'next-auth.session-token', value: 'made-up', url: baseURL! }]);
  for (const headers of [{}, { RSC: '1' }] as Record<string, string>[]) {
    const answer = await page.request.get('/practice/mail', { headers });
    expect(await answer.text()).not.toMatch(/Signed in as|@fortnight\.example/);
  }
});

test('21. callbackUrl of //evil, /\\evil, javascript: and CRLF leads to a page of this site @desktop-only', async ({
  page,
  baseURL,
}) => {
  for (const callbackUrl of [
    '//evil.example',
    '/\\evil.example',
    'https://evil.example',
    'javascript:alert(1)',
    '/x\r\nSet-Cookie: a=b',
  ]) {
    await signInAs(page, 'owner', callbackUrl);
    expect(new URL(page.url()).origin).toBe(baseURL);
    for (const at of ['signin', 'callback/email', 'error', 'signout']) {
      const answer = await page.request.get(`/api/auth/${at}?callbackUrl=${encodeURIComponent(callbackUrl)}`);
      expect(answer.status(), at).toBeLessThan(500);
      expect(new URL(answer.url()).origin).toBe(baseURL);
    }
  }
});
