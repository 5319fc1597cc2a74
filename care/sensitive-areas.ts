// Where must a therapist ask for consent before they work, for each session anew? Buttock, inner thigh, chest and
// abdomen: work near these areas is usual, and nobody has to agree to it.

/** An area that needs consent for each session. */
export type SensitiveArea = 'buttock' | 'inner_thigh' | 'chest' | 'abdomen';

/** The name of each area. */
export const sensitiveAreaNames: Record<SensitiveArea, string> = {
  buttock: 'the buttocks',
  inner_thigh: 'the inner thighs',
  chest: 'the chest',
  abdomen: 'the belly',
};

/** The ids of all sensitive areas, in the order in which they are asked about. */
export const sensitiveAreas = Object.keys(sensitiveAreaNames) as SensitiveArea[];

/** The question pages that involve work near a sensitive area. */
const BY_PAGE: Record<string, SensitiveArea[]> = {
  'hamstring-tendinopathy': ['buttock', 'inner_thigh'],
  'low-back-pain': ['buttock'],
  sciatica: ['buttock'],
  'it-band-runners-knee': ['buttock'],
  'desk-shoulder-tightness': ['chest'],
};

/** The parts of the body map that belong to a sensitive area. */
const BY_BODY_PART: Record<string, SensitiveArea> = {
  ...{ buttock: 'buttock', 'sit bone': 'buttock', 'inner thigh': 'inner_thigh', chest: 'chest', belly: 'abdomen' },
};

/**
 * Finds the sensitive area that a part of the body map belongs to, by the part's name without a side; null where work
 * needs no consent of its own.
 *
 * @example
 * findSensitiveAreaOfBodyPart('sit bone') //=> 'buttock'
 */
export function findSensitiveAreaOfBodyPart(name: string): SensitiveArea | null {
  return Object.hasOwn(BY_BODY_PART, name) ? BY_BODY_PART[name]! : null;
}

/**
 * Lists the sensitive areas that work for a question page may come near; empty for other pages and for null.
 *
 * @example
 * listSensitiveAreasOfQuestionPage('hamstring-tendinopathy') //=> ['buttock', 'inner_thigh']
 */
export function listSensitiveAreasOfQuestionPage(slug: string | null): SensitiveArea[] {
  return slug !== null && Object.hasOwn(BY_PAGE, slug) ? BY_PAGE[slug]! : [];
}
