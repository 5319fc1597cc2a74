'use client';

import { type FormEvent, useEffect, useRef, useState } from 'react';
import { useActionForm } from '@/components/action-form';
import { Button } from '@/components/button';
import { Notice } from '@/components/notice';
import { useFocusAfterSubmit } from '@/components/use-focus-after-submit';
import { saveAndCheckAnswers, saveScreenAndContinue } from './actions';
import { HoursScreen } from './hours-screen';
import { MailRulesAndHolidaysScreen } from './mail-rules-and-holidays-screen';
import { MassagesScreen } from './massages-screen';
import { OwnerScreen } from './owner-screen';
import { PracticeScreen } from './practice-screen';
import { RoomScreen } from './room-screen';
import {
  getAdjacentSetupScreen,
  SETUP_FIELD_NAMES_BY_SCREEN,
  SETUP_FORM_ID,
  type SetupScreenId,
} from './setup-screens';

/** What the screens need besides the answers. */
interface SetupFacts {
  countries: { code: string; name: string }[];
  zones: string[];
  /** The public holidays on which the practice may close. */
  holidays: { on: string; name: string; label: string }[];
  countryName: string;
  hasMailServer: boolean;
  ownerEmail: string;
}

export interface SetupScreenProps {
  values: Record<string, string>;
  errors: Record<string, string>;
  facts: SetupFacts;
}

const BODIES = {
  practice: PracticeScreen,
  massages: MassagesScreen,
  hours: HoursScreen,
  room: RoomScreen,
  you: OwnerScreen,
  mail: MailRulesAndHolidaysScreen,
};
const PAUSE_MS = 600;

export function SetupScreenForm(props: { screen: SetupScreenId } & SetupScreenProps) {
  const { screen, facts } = props;
  const untouched = { values: props.values, errors: props.errors, flash: null, test: null, answer: 0 };
  const { state, form, failure, isSending } = useActionForm(saveScreenAndContinue, untouched);
  const holder = useFocusAfterSubmit(state.answer);
  const { found, drawn, follow } = useChecks(state.errors, isSending);
  const Body = BODIES[screen];
  const nextScreen = getAdjacentSetupScreen(screen, 1);
  const wrong = Object.keys(state.errors).length;
  return (
    <form
      {...form}
      id={SETUP_FORM_ID}
      ref={holder}
      key={`${state.answer}`}
      noValidate
      onInput={follow}
      className="grid max-w-[46rem] gap-7 wide:gap-8 [&_input]:scroll-mb-24 [&_select]:scroll-mb-24"
    >
      <input type="hidden" name="screen" value={screen} />
      <input type="hidden" name="drawn" value={drawn ?? drawnOf(screen, state.values)} readOnly />
      {state.flash === 'busy' && (
        <Notice tone="bad" title="The database is busy" live>
          What you typed is still here. Try again in a moment.
        </Notice>
      )}
      {wrong > 0 && (
        <Notice
          tone="bad"
          title={wrong === 1 ? 'One answer is not right yet' : `${wrong} answers are not right yet`}
          live
        >
          All that you typed is kept. Please look at what is marked below.
        </Notice>
      )}
      <Body values={state.values} errors={found} facts={facts} test={state.test} isCopied={state.flash === 'copied'} />
      <div className="bottom-0 -mx-(--gutter) border-t border-line bg-paper px-(--gutter) py-3.5 [@media(min-height:600px)]:sticky wide:static! wide:mx-0 wide:border-0 wide:px-0">
        <div className="flex gap-3">
          {screen !== 'practice' && (
            <Button kind="plain" name="then" value="back">
              Back
            </Button>
          )}
          <Button className="flex-1 wide:flex-none" name="then" value="next">
            {nextScreen ? `Next: ${nextScreen.short}` : 'Open the practice'}
          </Button>
        </div>
      </div>
      {failure}
    </form>
  );
}

/**
 * Checks the form a moment after somebody typed, and shows errors beside fields that they have touched, or that had an
 * error before. Each check saves the draft too.
 */
function useChecks(result: Record<string, string>, isSending: boolean) {
  const [checked, setChecked] = useState<{ values: Record<string, string>; errors: Record<string, string> }>();
  // The fields that are known to be saved. A hidden field of its own would be reset by React at each render.
  const [kept, setKept] = useState<{ values: Record<string, string>; drawn: string }>();
  const touched = useRef(new Set<string>());
  const pause = useRef<ReturnType<typeof setTimeout>>(undefined);
  const requested = useRef(0);
  const sending = useRef(isSending);
  sending.current = isSending;
  useEffect(() => () => clearTimeout(pause.current), []);
  const follow = (event: FormEvent<HTMLFormElement>) => {
    const input = event.target as HTMLInputElement;
    const form = event.currentTarget;
    touched.current.add(input.name);
    clearTimeout(pause.current);
    pause.current = setTimeout(async () => {
      if (sending.current || !form.isConnected) return;
      requested.current += 1;
      const ownRequest = requested.current;
      // When no answer comes, nothing is shown here: pressing the button sends again and says so.
      const sent = new FormData(form);
      // Until the answer comes nobody knows what is saved, so all that is sent meanwhile counts as changed.
      setKept({ values: result, drawn: '' });
      const answer = await saveAndCheckAnswers(sent).catch(() => null);
      if (!answer || ownRequest !== requested.current) return;
      setKept({ values: result, drawn: JSON.stringify(answer.stored) });
      setChecked({ values: result, errors: answer.errors });
    }, PAUSE_MS);
  };
  const drawn = kept?.values === result ? kept.drawn : null;
  if (checked?.values !== result) return { found: result, drawn, follow };
  const isShown = (field: string) => field in result || [...touched.current].some((name) => isOf(field, name));
  const found = Object.fromEntries(Object.entries(checked.errors).filter(([field]) => isShown(field)));
  return { found, drawn, follow };
}

/**
 * The values that the page shows, so that the server overwrites only fields changed here, not those that another device
 * changed.
 */
function drawnOf(screen: SetupScreenId, values: Record<string, string>): string {
  return JSON.stringify(
    Object.fromEntries(SETUP_FIELD_NAMES_BY_SCREEN[screen].map((name) => [name, values[name] ?? ''])),
  );
}

/**
 * An error that belongs to several fields, such as a weekday's times or a massage's prices, is shown beside all of
 * them.
 */
function isOf(field: string, name: string): boolean {
  const day = /^(?:from|until|break|back)(\d)/.exec(name)?.[1];
  if (day !== undefined) return field === `week.${day}` || field === 'hours';
  return field === name || name.startsWith(`${field}-`);
}
