'use client';

import { type KeyboardEvent, useId, useRef, useState } from 'react';
import { type BodyMarkKindByAreaId, type BodyView, formatAreaName } from '@/care/body-areas';
import {
  BODY_VIEW_BOX,
  type DrawnArea,
  drawnAreas,
  FIGURE_GUIDE_LINES,
  findAreaByArrowKey,
  HALF_BODY_OUTLINE,
  HEAD_ELLIPSE,
} from '@/components/body-figure-shapes';

interface BodyFigureProps {
  view: BodyView;
  marks: BodyMarkKindByAreaId;
  /** Null draws a figure that cannot be pressed. */
  onPress: ((id: string) => void) | null;
}

/** One figure of the body map. Tab reaches it, the arrow keys go from area to area, Enter or Space marks an area. */
export function BodyFigure({ view, marks, onPress }: BodyFigureProps) {
  const areas = drawnAreas.filter((area) => area.view === view);
  const name = view === 'back' ? 'Back' : 'Front';
  const id = useId();
  const [at, setAt] = useState(areas[0]?.id);
  const figure = useRef<SVGSVGElement>(null);

  function move(area: DrawnArea, event: KeyboardEvent) {
    if (event.key === 'Enter' || event.key === ' ') {
      event.preventDefault();
      onPress?.(area.id);
      return;
    }
    const next = findAreaByArrowKey(area, event.key);
    if (!next) return;
    event.preventDefault();
    setAt(next.id);
    figure.current?.querySelector<SVGPathElement>(`[data-area="${next.id}"]`)?.focus();
  }

  const halves = [undefined, 'scale(-1 1)'].map((transform) => ({ transform, key: String(transform) }));
  return (
    <figure className="grid min-w-0 justify-items-center gap-2">
      <svg
        ref={figure}
        viewBox={BODY_VIEW_BOX}
        width="178"
        height="413"
        role={onPress ? 'group' : 'img'}
        aria-label={
          onPress ? `${name} of the body. Arrow keys go from area to area, Enter marks one.` : describePicture()
        }
        className="body-map h-auto w-34 max-w-full narrow:w-41 mid:w-44.5"
      >
        <defs>
          <clipPath id={`${id}body`}>
            {halves.map(({ key, transform }) => (
              <path key={key} d={`${HALF_BODY_OUTLINE}L0 54Z`} transform={transform} />
            ))}
            <ellipse {...HEAD_ELLIPSE} />
          </clipPath>
          <pattern id={`${id}hatch`} width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
            <rect width="6" height="6" className="ground" />
            <path d="M1.5 0v6" className="hatch" />
          </pattern>
        </defs>
        <g clipPath={`url(#${id}body)`}>
          <rect x="-106" y="2" width="212" height="492" className="ground" />
          {areas.map((area) => {
            const mark = marks[area.id];
            const look = mark === undefined ? '' : mark === 'avoid' ? 'avoid' : 'focus';
            const drawn = {
              d: area.path,
              className: `area ${look} ${area.isSpot ? 'spot' : ''}`,
              style: mark === 'avoid' ? { fill: `url(#${id}hatch)` } : undefined,
            };
            return onPress ? (
              // biome-ignore lint/a11y/useSemanticElements: a button cannot stand inside a drawing.
              <path
                key={area.id}
                {...drawn}
                data-area={area.id}
                role="button"
                tabIndex={area.id === at ? 0 : -1}
                aria-label={`${formatAreaName(area.id)}: ${mark === undefined ? 'not marked' : mark.replace('-', ', ')}`}
                onClick={() => {
                  setAt(area.id);
                  onPress(area.id);
                }}
                onKeyDown={(event) => move(area, event)}
              />
            ) : (
              <path key={area.id} {...drawn} />
            );
          })}
          {FIGURE_GUIDE_LINES[view].map((d) => (
            <path key={d} d={d} className="detail" />
          ))}
        </g>
        {halves.map(({ key, transform }) => (
          <path key={key} d={HALF_BODY_OUTLINE} transform={transform} className="contour" />
        ))}
        <ellipse {...HEAD_ELLIPSE} className="contour" />
        <g>
          <text x="-92" y="60">
            {view === 'back' ? 'L' : 'R'}
          </text>
          <text x="92" y="60">
            {view === 'back' ? 'R' : 'L'}
          </text>
        </g>
      </svg>
      <figcaption className="text-small text-soft">{name}</figcaption>
    </figure>
  );

  function describePicture(): string {
    const marked = areas
      .filter((area) => marks[area.id])
      .map((area) => `${formatAreaName(area.id)}: ${marks[area.id]}`);
    return `${name} of the body. ${marked.join('; ') || 'Nothing marked'}`;
  }
}
