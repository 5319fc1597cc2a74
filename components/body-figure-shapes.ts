import { type BodyArea, bodyAreas } from '@/care/body-areas';

// The drawing of the body map: one outline for both figures, and the areas on it. The client's left is on the left of
// the back, and on the right of the front. Only one half is stored; the other is its mirror image.

/** The right half of the outline, from the neck to between the legs. */
export const HALF_BODY_OUTLINE =
  'M9 54C9.2 56 9.7 62.3 10 66C10.3 69.7 9.8 73 11 76C12.2 79 14.2 81.8 17 84C19.8 86.2 23.8 87.5 28 89' +
  'C32.2 90.5 37.8 91.3 42 93C46.2 94.7 50 96.2 53 99C56 101.8 58.3 105.5 60 110C61.7 114.5 62 120 63 126' +
  'C64 132 64.8 139 66 146C67.2 153 68.8 161.7 70 168C71.2 174.3 71.7 178.3 73 184' +
  'C74.3 189.7 76.3 195 78 202C79.7 209 81.5 218.7 83 226C84.5 233.3 85.7 240.3 87 246' +
  'C88.3 251.7 89.7 255.7 91 260C92.3 264.3 94 267.7 95 272C96 276.3 97 281.3 97 286' +
  'C97 290.7 96 296.3 95 300C94 303.7 92.5 307.3 91 308C89.5 308.7 87.3 306 86 304' +
  'C84.7 302 83.8 299.3 83 296C82.2 292.7 81.7 288 81 284C80.3 280 79.7 276.3 79 272' +
  'C78.3 267.7 78 263.3 77 258C76 252.7 74.7 246.7 73 240C71.3 233.3 69.2 224.7 67 218' +
  'C64.8 211.3 62 205.7 60 200C58 194.3 56.5 189.7 55 184C53.5 178.3 52.3 172 51 166' +
  'C49.7 160 48.2 153.5 47 148C45.8 142.5 44.1 135.5 43.5 133C43.2 135.8 42.9 143.5 42 150' +
  'C41.1 156.5 39.2 165 38 172C36.8 179 35.3 186 35 192C34.7 198 35 202.7 36 208C37 213.3 39.3 218.3 41 224' +
  'C42.7 229.7 44.8 235.7 46 242C47.2 248.3 47.7 255 48 262C48.3 269 48.5 276 48 284' +
  'C47.5 292 46.3 301.7 45 310C43.7 318.3 41.5 327 40 334C38.5 341 36.7 346.7 36 352' +
  'C35.3 357.3 35.7 361 36 366C36.3 371 37.8 376.3 38 382C38.2 387.7 38 393.3 37 400' +
  'C36 406.7 33.7 415 32 422C30.3 429 28 436.7 27 442C26 447.3 25.5 450.3 26 454' +
  'C26.5 457.7 28.2 460.8 30 464C31.8 467.2 36 470.5 37 473C38 475.5 37.5 477.7 36 479' +
  'C34.5 480.3 31 480.8 28 481C25 481.2 20.5 481 18 480C15.5 479 13.8 477.7 13 475' +
  'C12.2 472.3 12.8 467.8 13 464C13.2 460.2 13.8 456.3 14 452C14.2 447.7 14.5 443.7 14 438' +
  'C13.5 432.3 12 424.7 11 418C10 411.3 8.5 404.3 8 398C7.5 391.7 7.5 385.7 8 380C8.5 374.3 10.5 369 11 364' +
  'C11.5 359 11.5 355.7 11 350C10.5 344.3 9 337.3 8 330C7 322.7 5.8 313.7 5 306C4.2 298.3 3.5 290 3 284' +
  'C2.5 278 2.5 273 2 270C1.5 267 0.3 266.7 0 266';
export const HEAD_ELLIPSE = { cx: 0, cy: 34, rx: 19, ry: 25 };
export const BODY_VIEW_BOX = '-106 2 212 492';

/** Guide lines for orientation, on each figure. */
export const FIGURE_GUIDE_LINES = {
  back: [
    'M0 98V216',
    'M12 112c10 2 16 10 17 30M-12 112c-10 2-16 10-17 30',
    'M0 232v34',
    'M3 273c10 7 24 7 36 1M-3 273c-10 7-24 7-36 1',
    'M15 352c6 3 12 3 17 0M-15 352c-6 3-12 3-17 0',
    'M20 440c-1 10-1 16-3 24M-20 440c1 10 1 16 3 24',
  ],
  front: [
    'M7 93C16 97 26 96 38 97M-7 93C-16 97-26 96-38 97',
    'M0 203v5',
    'M14 340c5-5 14-5 18 0M-14 340c-5-5-14-5-18 0M15 361c5 4 12 4 16 0M-15 361c-5 4-12 4-16 0',
  ],
};

type Point = readonly [x: number, y: number];

const ARM: Record<string, Point[]> = {
  shoulder: [
    [13, 70],
    [20, 96],
    [34, 99],
    [43.5, 133],
    [72, 127],
    [72, 84],
  ],
  'upper arm': [
    [43.5, 133],
    [72, 127],
    [84, 182],
    [54, 187],
    [46, 160],
  ],
  forearm: [
    [54, 187],
    [84, 182],
    [100, 254],
    [74, 260],
  ],
  hand: [
    [74, 260],
    [100, 254],
    [110, 320],
    [74, 320],
  ],
};
const NECK: Point[] = [
  [-13, 54],
  [13, 54],
  [13, 74],
  [20, 96],
  [-20, 96],
  [-13, 74],
];

/** The corners of each area on the right half, or of an area in the middle. */
const CORNERS: Record<string, Point[]> = {
  'back of neck': NECK,
  'front of neck': NECK,
  ...Object.fromEntries(
    Object.entries(ARM).flatMap(([name, corners]) => [
      [`back of ${name}`, corners],
      [name === 'hand' ? 'palm' : `front of ${name}`, corners],
    ]),
  ),
  'upper back': [
    [0, 96],
    [20, 96],
    [34, 99],
    [43.5, 133],
    [46, 154],
    [0, 154],
  ],
  'middle back': [
    [0, 154],
    [46, 154],
    [46, 188],
    [0, 188],
  ],
  'lower back': [
    [0, 188],
    [46, 188],
    [56, 222],
    [0, 222],
  ],
  buttock: [
    [0, 222],
    [56, 222],
    [60, 280],
    [2, 274],
    [0, 266],
  ],
  'back of thigh': [
    [1, 274],
    [60, 280],
    [60, 336],
    [1, 336],
  ],
  'back of knee': [
    [1, 336],
    [60, 336],
    [60, 366],
    [1, 366],
  ],
  calf: [
    [1, 366],
    [60, 366],
    [60, 432],
    [1, 432],
  ],
  heel: [
    [1, 432],
    [60, 432],
    [60, 490],
    [1, 490],
  ],
  chest: [
    [-20, 96],
    [20, 96],
    [34, 99],
    [43.5, 133],
    [44, 162],
    [-44, 162],
    [-43.5, 133],
    [-34, 99],
  ],
  belly: [
    [-44, 162],
    [44, 162],
    [50, 212],
    [46, 212],
    [20, 228],
    [-20, 228],
    [-46, 212],
    [-50, 212],
  ],
  hip: [
    [46, 212],
    [50, 212],
    [60, 276],
    [14, 262],
    [20, 228],
  ],
  'front of thigh': [
    [22, 264.5],
    [60, 276],
    [60, 334],
    [22, 334],
  ],
  'inner thigh': [
    [1, 266],
    [14, 262],
    [22, 264.5],
    [22, 334],
    [1, 334],
  ],
  knee: [
    [1, 334],
    [60, 334],
    [60, 368],
    [1, 368],
  ],
  shin: [
    [1, 368],
    [60, 368],
    [60, 446],
    [1, 446],
  ],
  foot: [
    [1, 446],
    [60, 446],
    [60, 490],
    [1, 490],
  ],
};
const SIT_BONE = { x: 18, y: 262, rx: 10, ry: 9 };

/** An area as it is drawn, with its centre: the arrow keys move from one to the next. */
export interface DrawnArea extends BodyArea {
  path: string;
  x: number;
  y: number;
  /** A spot drawn on top of another area. */
  isSpot: boolean;
}

/** The areas of both figures, spots last: later ones are drawn on top. */
export const drawnAreas: readonly DrawnArea[] = bodyAreas
  .map((area) => {
    const isMirrored = area.side === (area.view === 'back' ? 'left' : 'right');
    return { ...area, ...drawingOf(area.name, isMirrored ? -1 : 1), isSpot: area.name === 'sit bone' };
  })
  .sort((a, b) => Number(a.isSpot) - Number(b.isSpot));

function drawingOf(name: string, half: 1 | -1): { path: string; x: number; y: number } {
  if (name === 'face' || name === 'back of head')
    return { path: ellipse(HEAD_ELLIPSE), x: HEAD_ELLIPSE.cx, y: HEAD_ELLIPSE.cy };
  if (name === 'sit bone') {
    const { x, y, rx, ry } = SIT_BONE;
    return { path: ellipse({ cx: x * half, cy: y, rx, ry }), x: x * half, y };
  }
  const corners = (CORNERS[name] ?? []).map(([x, y]): Point => [x * half, y]);
  const middle = (place: 0 | 1) =>
    corners.reduce((sum, corner) => sum + corner[place], 0) / Math.max(1, corners.length);
  return { path: `M${corners.map(([x, y]) => `${x} ${y}`).join('L')}Z`, x: middle(0), y: middle(1) };
}

function ellipse({ cx, cy, rx, ry }: { cx: number; cy: number; rx: number; ry: number }): string {
  return `M${cx - rx} ${cy}a${rx} ${ry} 0 1 0 ${2 * rx} 0a${rx} ${ry} 0 1 0 ${-2 * rx} 0Z`;
}

/** The area that an arrow key moves to: the nearest in that direction on the same figure. */
export function findAreaByArrowKey(from: DrawnArea, key: string): DrawnArea | undefined {
  const rotation = TURNS[key];
  if (!rotation) return undefined;
  const [dx, dy] = rotation;
  const away = (to: DrawnArea) => {
    const [x, y] = [to.x - from.x, to.y - from.y];
    const along = x * dx + y * dy;
    const aside = Math.abs(x * dy) + Math.abs(y * dx);
    return along > 1 && aside <= along * 2.5 ? along + aside * 2 : Number.POSITIVE_INFINITY;
  };
  return drawnAreas
    .filter(({ view, id }) => view === from.view && id !== from.id)
    .map((area) => ({ area, far: away(area) }))
    .filter(({ far }) => Number.isFinite(far))
    .sort((a, b) => a.far - b.far)[0]?.area;
}

const TURNS: Record<string, Point> = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowDown: [0, 1], ArrowUp: [0, -1] };
