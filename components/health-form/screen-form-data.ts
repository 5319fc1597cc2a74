import type { ConsentSigner } from '@/care/consents';
import type { IntakeScreenId, WarningSignScreenId } from '@/care/intake-questions';
import type { WarningSignsFormValues } from './warning-sign-checklist';

// The values of a screen's fields, and how a submitted form is read.

/** Every value that a screen can hold. */
export interface ScreenFormValues extends WarningSignsFormValues {
  treated: boolean;
  healthKept: boolean;
  writtenTo: boolean;
  isMinor: boolean;
  guardianName: string;
  guardianIsPresent: boolean;
  hopes: string;
  touch: boolean;
  /** The answers to the practice's own questions, by question id. */
  own: Record<string, string>;
}

export type ConsentFieldName = 'treated' | 'healthKept' | 'writtenTo';

/** The field of a consent in one signer's words: ticking the words of one signer is no consent in the other's. */
export function consentFieldName(field: ConsentFieldName, signer: ConsentSigner): string {
  return `${signer}-${field}`;
}

/** The answer of a screen's action. */
export interface ScreenFormState {
  values: ScreenFormValues;
  errors: Record<string, string>;
  problem: 'busy' | 'changed' | null;
  answer: number;
  /** When the answer was given that sending again would replace. */
  seen?: number;
}

export const emptyScreenFormValues: ScreenFormValues = {
  ...{ yes: [], unsure: [], none: false, about: {} },
  ...{ treated: false, healthKept: false, writtenTo: false },
  ...{ isMinor: false, guardianName: '', guardianIsPresent: false },
  ...{ hopes: '', touch: false, own: {} },
};

const MOST_TICKS = 60;
const MOST_LETTERS = 4000;

/** Reads a submitted form without trusting it: it may not come from our page. */
export function readScreenFormValues(form: FormData): ScreenFormValues {
  const texts = (name: string) =>
    form
      .getAll(name)
      .slice(0, MOST_TICKS)
      .filter((value): value is string => typeof value === 'string')
      .map((value) => value.slice(0, 64));
  const text = (name: string) => {
    const value = form.get(name);
    return typeof value === 'string' ? value.slice(0, MOST_LETTERS) : '';
  };
  const isTicked = (name: string) => text(name) === 'yes';
  const isMinor = isTicked('isMinor');
  const agreed = (field: ConsentFieldName) => isTicked(consentFieldName(field, isMinor ? 'guardian' : 'adult'));
  const about = [...form.keys()].filter((name) => name.startsWith('about-')).slice(0, MOST_TICKS);
  return {
    ...{ yes: texts('yes'), unsure: texts('unsure'), none: isTicked('none') },
    about: Object.fromEntries(about.map((name) => [name.slice('about-'.length), text(name)])),
    ...{ treated: agreed('treated'), healthKept: agreed('healthKept'), writtenTo: agreed('writtenTo') },
    ...{ isMinor, guardianName: text('guardianName') },
    guardianIsPresent: isTicked('guardianIsPresent'),
    ...{ hopes: text('hopes'), touch: isTicked('touch') },
    own: Object.fromEntries(texts('shown').map((id) => [id, text(`own-${id}`)])),
  };
}

/** When the answer that the page showed was given; 0 for none and for an invalid time. */
export function readShownAnswersTime(form: FormData): number {
  const value = Number(form.get('seen'));
  return Number.isSafeInteger(value) && value > 0 ? value : 0;
}

/** In whose words the page asked. */
export function readSigner(form: FormData): ConsentSigner {
  return form.get('signer') === 'guardian' ? 'guardian' : 'adult';
}

/** The areas that the client allowed. */
export function readAllowedAreas(form: FormData): string[] {
  return form
    .getAll('area')
    .slice(0, MOST_TICKS)
    .filter((value): value is string => typeof value === 'string');
}

/** The answers that one screen asks for. */
export function pickScreenAnswers(screen: IntakeScreenId, values: ScreenFormValues) {
  const { yes, unsure, none, about, treated, healthKept, writtenTo, hopes, touch, own } = values;
  const { isMinor, guardianName, guardianIsPresent } = values;
  if (screen === 'agree')
    return { screen, treated, healthKept, writtenTo, isMinor, guardianName, guardianIsPresent } as const;
  if (screen === 'hopes') return { screen, hopes, touch, aboutTouch: about.touch ?? '', own } as const;
  return { screen: screen satisfies WarningSignScreenId, yes, unsure, none, about } as const;
}
