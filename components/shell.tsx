import type { ReactNode } from 'react';
import { formatZoneCity } from '@/scheduling/formatting';
import { formatNameAndAddress } from '@/scheduling/name-formatting';
import { Brand } from './brand';
import { PhoneLink } from './contact-phrase';

/** What every page shows of the practice. Pages load it; components never read the database. */
export interface ShellPractice {
  name: string;
  address: string;
  /** Empty where the practice gives none; the address may be empty too. */
  phone: string;
  phoneLink: string | null;
  timeZone: string;
  isDemo: boolean;
  /** One of the palettes of app/globals.css. */
  colour: string;
  markId: string | null;
  /** Whether the last line names the software of the site. */
  namesSoftware: boolean;
}

const publicPages = [
  { id: 'questions', href: '/questions', label: 'Questions' },
  { id: 'book', href: '/book', label: 'Book' },
  { id: 'manage', href: '/manage', label: 'Manage' },
] as const;

type StaffRole = 'owner' | 'therapist' | 'front_desk';

const EVERYONE: readonly StaffRole[] = ['owner', 'therapist', 'front_desk'];

const practicePages = [
  { id: 'calendar', href: '/practice/calendar', label: 'Calendar', roles: EVERYONE },
  { id: 'clients', href: '/practice/clients', label: 'Clients', roles: EVERYONE },
  { id: 'mail', href: '/practice/mail', label: 'Mail', roles: EVERYONE },
  { id: 'reports', href: '/practice/reports', label: 'Reports', roles: ['owner'] },
  { id: 'questions', href: '/practice/questions', label: 'Questions', roles: ['owner', 'therapist'] },
  { id: 'settings', href: '/practice/settings', label: 'Settings', roles: ['owner'] },
] as const satisfies readonly { id: string; href: string; label: string; roles: readonly StaffRole[] }[];

/**
 * Demo strip, header, main and footer. `under` is shown between header and main (the steps of a booking); `bleed` lets
 * the page set its width, for bands of colour from edge to edge; `long` puts off the sections far below the screen, on a
 * page that is only read. `practice` is null only where a page must not read the database.
 */
export function Shell(props: {
  children: ReactNode;
  practice: ShellPractice | null;
  current?: (typeof publicPages)[number]['id'];
  under?: ReactNode;
  bleed?: boolean;
  long?: boolean;
}) {
  const { practice } = props;
  return (
    <>
      <Masthead home="/" pages={publicPages} current={props.current} practice={practice} />
      {props.under}
      <main
        id="main"
        tabIndex={-1}
        className={`${props.bleed ? '' : 'wide '}${props.long ? 'long-page ' : ''}outline-none`}
      >
        {props.children}
      </main>
      <Footer
        facts={
          practice && (
            <>
              <span>{formatNameAndAddress(practice)}</span>
              {practice.phone && <PhoneLink shown={practice.phone} link={practice.phoneLink} />}
              <span>All times are {formatZoneCity(practice.timeZone)}</span>
            </>
          )
        }
      >
        <FootLink href="/manage">Manage a booking</FootLink>
        <FootLink href="/questions/how-we-grade">How we grade</FootLink>
        <FootLink href="/privacy">Privacy</FootLink>
        <FootLink href="/embed">For your own site</FootLink>
        <FootLink href="/sign-in">For the practice</FootLink>
        {practice?.namesSoftware && <span className="print:hidden">This site runs on Fortnight</span>}
      </Footer>
    </>
  );
}

/** The practice's own pages: wider and denser, with the name of the signed-in user. `signOut` is the caller's form. */
export function PracticeShell(props: {
  children: ReactNode;
  practice: ShellPractice;
  current?: (typeof practicePages)[number]['id'];
  viewer: { name: string; role: StaffRole };
  signOut?: ReactNode;
}) {
  return (
    <div className="practice">
      <Masthead
        home="/practice/calendar"
        pages={practicePages.filter(({ roles }) => (roles as readonly StaffRole[]).includes(props.viewer.role))}
        current={props.current}
        practice={props.practice}
      />
      <main id="main" tabIndex={-1} className="wide outline-none">
        {props.children}
      </main>
      <Footer
        close
        facts={
          <>
            <span className="print:hidden">Signed in as {props.viewer.name}</span>
            <span>All times are {formatZoneCity(props.practice.timeZone)}</span>
          </>
        }
      >
        <FootLink href="/">The public site</FootLink>
        <FootLink href="/practice/address">Your e-mail address</FootLink>
        {props.viewer.role === 'therapist' && <FootLink href="/practice/portrait">Your photo</FootLink>}
        {props.viewer.role !== 'front_desk' && <FootLink href="/practice/calendars">Calendar apps</FootLink>}
        {props.signOut}
      </Footer>
    </div>
  );
}

interface NavPage {
  id: string;
  href: string;
  label: string;
}

function Masthead(props: {
  home: string;
  pages: readonly NavPage[];
  current: string | undefined;
  practice: ShellPractice | null;
}) {
  // On a phone, the third and later pages are under "More". A single one would not justify a list, and wraps instead.
  const hasMore = props.pages.length > 3;
  const later = hasMore ? 'hidden wide:inline-flex' : 'inline-flex';
  return (
    <header data-colour={props.practice?.colour} className="print:hidden">
      <a
        href="#main"
        className="sr-only focus:not-sr-only focus:absolute focus:top-2 focus:left-2 focus:z-10 focus:bg-sheet focus:px-4 focus:py-3"
      >
        Skip to main content
      </a>
      {props.practice?.isDemo && (
        <p className="bg-sand px-(--gutter) py-[7px] text-center text-tiny text-soft max-wide:in-[.practice]:py-px">
          Demo practice. Every name and date here is made up.
        </p>
      )}
      <div className="border-b border-line">
        <div className="wide relative flex min-h-16 flex-wrap items-center justify-between gap-x-2 wide:min-h-20 max-wide:in-[.practice]:min-h-11 wide:in-[.practice]:min-h-15">
          <a
            href={props.home}
            className="inline-flex min-h-11 min-w-[7.5rem] flex-1 max-narrow:in-[.practice]:min-w-11 items-center gap-2.5 font-serif text-[1.375rem] leading-none font-medium tracking-[-0.015em] text-ink no-underline hover:text-ink max-wide:in-[.practice]:text-[1.125rem] wide:text-[1.5rem]"
          >
            <Brand practice={props.practice} />
          </a>
          <nav aria-label="Main" className="flex flex-wrap gap-x-2.5 wide:gap-x-8">
            {props.pages.map((page, index) => (
              <NavLink
                key={page.id}
                page={page}
                current={props.current}
                look={`justify-center ${index > 1 ? later : 'inline-flex'}`}
              />
            ))}
            {hasMore && <More pages={props.pages.slice(2)} current={props.current} />}
          </nav>
        </div>
      </div>
    </header>
  );
}

function NavLink({ page, current, look }: { page: NavPage; current: string | undefined; look: string }) {
  return (
    <a
      href={page.href}
      aria-current={page.id === current ? 'page' : undefined}
      className={`${look} min-h-11 min-w-11 items-center text-[0.9375rem] leading-5 font-[450] text-ink no-underline hover:text-ink hover:underline aria-[current]:shadow-[inset_0_-2px_0_var(--euc)]`}
    >
      {page.label}
    </a>
  );
}

/** The pages that do not fit on a phone, in a list that opens under the others. */
function More({ pages, current }: { pages: readonly NavPage[]; current: string | undefined }) {
  const isHere = pages.some(({ id }) => id === current);
  return (
    <details className="wide:hidden">
      <summary
        className={`flex min-h-11 min-w-11 cursor-pointer list-none items-center justify-center text-[0.9375rem] leading-5 font-[450] [&::-webkit-details-marker]:hidden ${isHere ? 'shadow-[inset_0_-2px_0_var(--euc)]' : ''}`}
      >
        More
      </summary>
      <div className="absolute top-full right-(--gutter) z-10 grid max-w-[calc(100%-2*var(--gutter))] min-w-[min(11rem,100%-2*var(--gutter))] justify-items-start rounded border border-edge bg-sheet px-4 py-1">
        {pages.map((page) => (
          <NavLink key={page.id} page={page} current={current} look="inline-flex" />
        ))}
      </div>
    </details>
  );
}

/** The practice's `facts` in one row, with links below. */
function Footer({ facts, children, close }: { facts: ReactNode; children: ReactNode; close?: boolean }) {
  const row = 'wide flex flex-wrap gap-x-8 wrap-anywhere *:inline-flex *:min-h-11 *:items-center [&_a]:text-soft';
  return (
    <footer
      className={`${close ? 'mt-10' : 'mt-18'} border-t border-line pt-8 pb-14 text-small text-soft print:mt-6 print:break-before-avoid print:pt-2 print:pb-0`}
    >
      {facts && <div className={row}>{facts}</div>}
      <div className={row}>{children}</div>
    </footer>
  );
}

function FootLink({ href, children }: { href: string; children: ReactNode }) {
  return (
    <a href={href} className="print:hidden">
      {children}
    </a>
  );
}
