import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { connection } from 'next/server';
import { Notice } from '@/components/notice';
import { listCountries } from '@/db/input/phone-numbers';
import { deriveSetupCountry, listHolidaysForSetup } from '@/db/practice/setup';
import { isSetUp, readSetupDraft } from '@/db/practice/setup-draft';
import { isMailEnabled } from '@/mail/is-mail-enabled';
import { formatDay } from '@/scheduling/formatting';
import { DemoInstructions } from './demo-instructions';
import {
  addDefaultSetupAnswers,
  checkSetupAnswers,
  deriveLocaleFromCountry,
  filterErrorsOfScreen,
  getRegionOfAnswers,
} from './setup-answers';
import { SetupCodeForm } from './setup-code-form';
import { SetupFrame } from './setup-frame';
import { hasSetupPass } from './setup-pass-cookie';
import { SetupScreenForm } from './setup-screen-form';
import { findSetupScreenById, SETUP_FORM_ID, SETUP_SCREENS, type SetupScreenId } from './setup-screens';

export const metadata: Metadata = { title: 'Set up a practice', robots: { index: false } };

interface Props {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

const LEADS: Record<SetupScreenId, string> = {
  practice: 'Clients see these on every page and in every e-mail. You can change all of it later.',
  massages: 'We filled in three common ones. Switch off what you do not offer and change the prices.',
  hours: 'The weekly hours of the first therapist. Empty both times for a day off.',
  room: 'A room holds one massage at a time, so nobody is booked into one that is taken.',
  you: 'You own this practice: you alone set prices, hours and rules.',
  mail: 'The last screen. What is filled in here is what most practices have: look whether it suits yours.',
};

export default async function SetupPage({ searchParams }: Props) {
  await connection();
  if (await isSetUp()) redirect('/practice/calendar');
  if (!(await hasSetupPass())) return <Welcome />;
  const { step, look, later } = await searchParams;
  const draft = await readSetupDraft();
  if (later) return <SavedNote at={findSetupScreenById(draft.at)?.id ?? 'practice'} />;
  const now = Date.now();
  const answers = addDefaultSetupAnswers(draft);
  const screen = findSetupScreenById(step) ?? findSetupScreenById(draft.at) ?? SETUP_SCREENS[0];
  const position = SETUP_SCREENS.indexOf(screen);
  const place = getRegionOfAnswers(answers);
  const country = deriveSetupCountry(place);
  const holidays = listHolidaysForSetup(place, now).map(({ on, name }) => {
    return { on, name, label: `${formatDay(on, 'short', deriveLocaleFromCountry(answers))} ${on.slice(0, 4)}` };
  });
  return (
    <SetupFrame
      aside={
        <>
          {/* Enter in a field presses the first button of the form. */}
          <button type="submit" form={SETUP_FORM_ID} className="sr-only" tabIndex={-1} aria-hidden="true">
            Next
          </button>
          <button
            type="submit"
            form={SETUP_FORM_ID}
            name="then"
            value="later"
            className="inline-flex min-h-11 cursor-pointer items-center text-[0.9375rem] text-euc underline underline-offset-4"
          >
            Finish later
          </button>
        </>
      }
    >
      <div className="max-w-[46rem] pt-6 pb-7 wide:pt-10">
        <p className="mb-2 flex flex-wrap justify-between gap-x-4 text-small text-soft">
          <span>
            Step {position + 1} of {SETUP_SCREENS.length}
          </span>
          <span>{MINUTES_LEFT[position]}</span>
        </p>
        <ol aria-hidden="true" className="mb-6 grid grid-cols-6 gap-1">
          {SETUP_SCREENS.map(({ id }, at) => (
            <li
              key={id}
              className={`h-2 rounded-[1px] border ${at < position ? 'border-transparent bg-fill-all' : at === position ? 'border-euc bg-euc' : 'border-edge'}`}
            />
          ))}
        </ol>
        <h1>{screen.title}</h1>
        <p className="mt-2 max-w-measure text-soft">{LEADS[screen.id]}</p>
      </div>
      <SetupScreenForm
        key={screen.id}
        screen={screen.id}
        values={answers}
        errors={look ? filterErrorsOfScreen(screen.id, checkSetupAnswers(answers, now)) : {}}
        facts={{
          countries: listCountries(),
          zones: Intl.supportedValuesOf('timeZone'),
          holidays,
          countryName: country ? (new Intl.DisplayNames('en', { type: 'region' }).of(country) ?? '') : '',
          hasMailServer: isMailEnabled(),
          ownerEmail: answers.ownerEmail ?? '',
        }}
      />
    </SetupFrame>
  );
}

const MINUTES_LEFT = [
  'About 5 minutes in total',
  'About 4 minutes left',
  'About 3 minutes left',
  'About 2 minutes left',
  'About 2 minutes left',
  'About a minute left',
];

function Welcome() {
  return (
    <SetupFrame>
      <div className="max-w-[46rem] pt-8 wide:pt-14">
        <h1>Set up your practice</h1>
        <p className="mt-4 mb-8 max-w-measure font-serif text-read">
          Nothing can be booked here yet. Six short screens, and the first hour can be. All you type is kept, so you can
          stop and go on at any time, also on another device.
        </p>
        <SetupCodeForm />
        <p className="mt-6 max-w-measure text-small text-soft">
          The code keeps strangers out. It stands where the server was started, in its last lines, or in its log. It is
          good until the practice is made.
        </p>
        <DemoInstructions />
      </div>
    </SetupFrame>
  );
}

function SavedNote({ at }: { at: SetupScreenId }) {
  return (
    <SetupFrame>
      <div className="max-w-[46rem] pt-8 wide:pt-14">
        <h1 className="mb-6">Saved for later</h1>
        <Notice tone="good" title="All that you typed is saved">
          Come back to this address when you like, on any device. On another one you are asked for the code again.
        </Notice>
        <p className="mt-4">
          <a href={`/practice/setup?step=${at}`} className="inline-flex min-h-11 items-center">
            Go on now
          </a>
        </p>
      </div>
    </SetupFrame>
  );
}
