// The areas of a body map, front and back, and what a therapist marks on them. Left and right are the client's own.
// This file only names an area; the page draws it.

import { capitalizeFirstLetter } from '@/scheduling/count-wording';
import { findSensitiveAreaOfBodyPart, type SensitiveArea, sensitiveAreaNames } from './sensitive-areas';

/** Which figure an area is drawn on. */
export type BodyView = 'back' | 'front';
/** The client's own left or right; `middle` for an area that exists once. */
type BodySide = 'left' | 'right' | 'middle';

/** One area of the body map. */
export interface BodyArea {
  id: string;
  view: BodyView;
  side: BodySide;
  /** In lower case, without the side: `back of thigh`. */
  name: BodyAreaName;
  /** Near the buttock, the inner thigh, the chest or the belly: work there asks for the client's consent each time. */
  isSensitive: boolean;
}

/** What a client wants for an area, or how firm a pressure worked there. */
export const bodyMarkKinds = ['focus', 'focus-light', 'focus-medium', 'focus-firm', 'avoid'] as const;

/** One mark: an area to work on, an area to work on with the pressure that worked there, or an area to avoid. */
export type BodyMarkKind = (typeof bodyMarkKinds)[number];

/** The marks by the id of their area; an area without one is left out. */
export type BodyMarkKindByAreaId = Record<string, BodyMarkKind>;

const MIDDLE: readonly BodySide[] = ['middle'];
const BOTH: readonly BodySide[] = ['left', 'right'];

// From the head down, as a therapist goes through them.
const DRAWN = [
  ['back', MIDDLE, ['back of head', 'back of neck']],
  ['back', BOTH, ['back of shoulder', 'back of upper arm', 'back of forearm', 'back of hand']],
  ['back', BOTH, ['upper back', 'middle back', 'lower back', 'buttock', 'sit bone']],
  ['back', BOTH, ['back of thigh', 'back of knee', 'calf', 'heel']],
  ['front', MIDDLE, ['face', 'front of neck', 'chest', 'belly']],
  ['front', BOTH, ['front of shoulder', 'front of upper arm', 'front of forearm', 'palm']],
  ['front', BOTH, ['hip', 'front of thigh', 'inner thigh', 'knee', 'shin', 'foot']],
] as const satisfies readonly (readonly [BodyView, readonly BodySide[], readonly string[]])[];

/** What an area is called, on either side. */
export type BodyAreaName = (typeof DRAWN)[number][2][number];

/**
 * Every area, the back before the front, from the head down; ids are `calf-left` and, without a side, `chest`.
 *
 * @example
 * bodyAreas.find(({ id }) => id === 'calf-left')?.name //=> 'calf'
 */
export const bodyAreas: readonly BodyArea[] = DRAWN.flatMap(([view, sides, names]) =>
  names.flatMap((name) =>
    sides.map((side) => ({
      id: `${name.replaceAll(' ', '-')}${side === 'middle' ? '' : `-${side}`}`,
      ...{ view, side, name, isSensitive: findSensitiveAreaOfBodyPart(name) !== null },
    })),
  ),
);

const BY_ID = new Map(bodyAreas.map((area) => [area.id, area]));

/**
 * Keeps the valid marks on known areas and leaves out everything else. For data from a form or from an older version.
 *
 * @example
 * parseAreaMarks({ 'calf-left': 'focus', tail: 'focus', chest: 'often' }) //=> { 'calf-left': 'focus' }
 */
export function parseAreaMarks(value: unknown): BodyMarkKindByAreaId {
  if (typeof value !== 'object' || value === null) return {};
  const validMarks = Object.entries(value).filter(([id, mark]) => BY_ID.has(id) && bodyMarkKinds.includes(mark));
  return Object.fromEntries(validMarks.sort(([a], [b]) => placeOf(a) - placeOf(b)));
}

/**
 * Formats an area's name with its side, as a button or a list shows it.
 *
 * @example
 * formatAreaName('calf-left') //=> 'calf, left'
 */
export function formatAreaName(id: string): string {
  const area = BY_ID.get(id);
  if (!area) return '';
  return area.side === 'middle' ? area.name : `${area.name}, ${area.side}`;
}

/**
 * Formats a list of areas as a phrase, by side, each side from the head down. Returns an empty string for an empty
 * list.
 *
 * @example
 * formatAreaList(['calf-left', 'buttock-left', 'chest']) //=> 'Chest. Left: buttock, calf'
 */
export function formatAreaList(ids: string[]): string {
  const areas = bodyAreas.filter(({ id }) => ids.includes(id));
  const namesOn = (side: BodySide) =>
    areas
      .filter((area) => area.side === side)
      .map(({ name }) => name)
      .join(', ');
  const [middle, left, right] = [namesOn('middle'), namesOn('left'), namesOn('right')];
  return [middle && capitalizeFirstLetter(middle), left && `Left: ${left}`, right && `Right: ${right}`]
    .filter(Boolean)
    .join('. ');
}

/**
 * Returns the pressure that worked on an area, or null where none was noted.
 *
 * @example
 * pressureOfMark('focus-firm') //=> 'firm'
 */
export function pressureOfMark(mark: BodyMarkKind): 'light' | 'medium' | 'firm' | null {
  const [, pressure] = mark.split('-');
  return (pressure as 'light' | 'medium' | 'firm' | undefined) ?? null;
}

/**
 * Returns the mark of an area after it is pressed: the chosen mark, or none if the area already has that mark. A noted
 * pressure is lost with its mark.
 *
 * @example
 * toggleBodyMarkKind('focus-firm', 'focus') //=> undefined
 */
export function toggleBodyMarkKind(
  before: BodyMarkKind | undefined,
  chosen: 'focus' | 'avoid' | 'clear',
): BodyMarkKind | undefined {
  if (chosen === 'clear') return undefined;
  return before?.split('-')[0] === chosen ? undefined : chosen;
}

/**
 * Lists the sensitive areas that are marked to be worked on. An area marked to avoid needs no consent.
 *
 * @example
 * listSensitiveFocus({ 'buttock-left': 'focus-firm', chest: 'avoid', 'calf-left': 'focus' }) //=> ['buttock']
 */
export function listSensitiveFocus(marks: BodyMarkKindByAreaId): SensitiveArea[] {
  const focused = Object.entries(marks).filter(([, mark]) => mark !== 'avoid');
  const found = focused.map(([id]) => findSensitiveAreaOfBodyPart(BY_ID.get(id)?.name ?? ''));
  return (Object.keys(sensitiveAreaNames) as SensitiveArea[]).filter((area) => found.includes(area));
}

function placeOf(id: string): number {
  return bodyAreas.findIndex((area) => area.id === id);
}
