// Where does somebody ask before they work, for that session alone? Buttock, inner thigh, chest and abdomen: places near
// which work is usual, and which nobody has to agree to.

/** A place of the body whose consent is asked for one session. */
export type SensitiveArea = 'buttock' | 'inner_thigh' | 'chest' | 'abdomen';

/** What each is called. */
export const sensitiveAreaNames: Record<SensitiveArea, string> = {
  buttock: 'the buttocks',
  inner_thigh: 'the inner thighs',
  chest: 'the chest',
  abdomen: 'the belly',
};

/** All of them. */
export const sensitiveAreas = Object.keys(sensitiveAreaNames) as SensitiveArea[];

/** The question pages whose work leads near one. */
const BY_PAGE: Record<string, SensitiveArea[]> = {
  'hamstring-tendinopathy': ['buttock', 'inner_thigh'],
  'low-back-pain': ['buttock'],
  sciatica: ['buttock'],
  'it-band-runners-knee': ['buttock'],
  'desk-shoulder-tightness': ['chest'],
};

/** The parts of the body map that belong to one. */
const BY_BODY_PART: Record<string, SensitiveArea> = {
  ...{ buttock: 'buttock', 'sit bone': 'buttock', 'inner thigh': 'inner_thigh', chest: 'chest', belly: 'abdomen' },
};

/**
 * The sensitive area that a part of the body map belongs to, by its name without a side; null where work needs no consent
 * of its own.
 *
 * @example
 * findSensitiveAreaOfBodyPart('sit bone') //=> 'buttock'
 */
export function findSensitiveAreaOfBodyPart(name: string): SensitiveArea | null {
  return Object.hasOwn(BY_BODY_PART, name) ? BY_BODY_PART[name]! : null;
}

/**
 * Lists the sensitive areas that work for a question page may come near; none for other pages, and for no page.
 *
 * @example
 * listSensitiveAreasOfQuestionPage('hamstring-tendinopathy') //=> ['buttock', 'inner_thigh']
 */
export function listSensitiveAreasOfQuestionPage(slug: string | null): SensitiveArea[] {
  return slug !== null && Object.hasOwn(BY_PAGE, slug) ? BY_PAGE[slug]! : [];
}
