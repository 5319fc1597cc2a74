import { listTimeFieldNames, WEEKDAYS_FROM_MONDAY } from '@/app/practice/settings/hours/hours-form-values';
import { DEFAULT_LENGTHS, STARTING_SERVICES } from '@/db/practice/new-practice-defaults';

// The screens of the set-up in their order, and the fields of each. The browser loads it too.

export const SETUP_SCREENS = [
  { id: 'practice', title: 'Your practice', short: 'practice' },
  { id: 'massages', title: 'Massages and prices', short: 'massages' },
  { id: 'hours', title: 'Hours', short: 'hours' },
  { id: 'room', title: 'Room', short: 'room' },
  { id: 'you', title: 'You', short: 'you' },
  { id: 'mail', title: 'E-mails and rules', short: 'e-mails and rules' },
] as const;

/** The id of the form, for buttons that stand outside it. */
export const SETUP_FORM_ID = 'setup-screen';

export type SetupScreenId = (typeof SETUP_SCREENS)[number]['id'];

export const priceFieldName = (serviceId: string, minutes: number) => `${serviceId}-${minutes}`;

export const SETUP_FIELD_NAMES_BY_SCREEN: Record<SetupScreenId, string[]> = {
  practice: ['name', 'country', 'timeZone', 'phone', 'address'],
  massages: [
    'currency',
    ...STARTING_SERVICES.flatMap(({ id }) => [id, ...DEFAULT_LENGTHS.map((minutes) => priceFieldName(id, minutes))]),
    'setupMinutes',
    'cleanupMinutes',
  ],
  hours: WEEKDAYS_FROM_MONDAY.flatMap(listTimeFieldNames),
  room: ['roomName'],
  you: ['ownerName', 'ownerEmail', 'ownerGives', 'therapistName'],
  mail: [
    'mailFrom',
    'mailReplyTo',
    'cancelCutoffMinutes',
    'moveCutoffMinutes',
    'noticeMinutes',
    'windowDays',
    'stepMinutes',
    'open',
  ],
};

/** The checkboxes: a browser does not send one that is not ticked. */
export const SETUP_CHECKBOX_FIELD_NAMES: readonly string[] = STARTING_SERVICES.map(({ id }) => id);

export function findSetupScreenById(id: unknown): (typeof SETUP_SCREENS)[number] | undefined {
  return SETUP_SCREENS.find((screen) => screen.id === id);
}

/** The screen before (-1) or after (1) this one. */
export function getAdjacentSetupScreen(id: SetupScreenId, by: -1 | 1): (typeof SETUP_SCREENS)[number] | undefined {
  return SETUP_SCREENS[SETUP_SCREENS.findIndex((screen) => screen.id === id) + by];
}

export function setupScreenHref(id: SetupScreenId): string {
  return `/practice/setup?step=${id}`;
}
