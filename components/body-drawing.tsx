import type { BodyAreaName, BodyView } from '@/care/body-areas';
import {
  BODY_VIEW_BOX,
  type DrawnArea,
  drawnAreas,
  FIGURE_GUIDE_LINES,
  HALF_BODY_OUTLINE,
  HEAD_ELLIPSE,
} from './body-figure-shapes';

type Look = 'hurts' | 'worked' | 'spare';

export interface LinkedBodyAreas {
  href: string;
  label: string;
  areas: string[];
}

/**
 * One figure of the body, as a picture: `pickAppearance` decides how each area is drawn. `id` keeps the ids of several
 * drawings on a page apart.
 */
export function BodyDrawing(props: {
  id: string;
  view: BodyView;
  title: string;
  description: string;
  lookOf: (name: BodyAreaName) => Look | undefined;
  className?: string;
  /** Makes each of these areas a link, named by `label`. */
  links?: LinkedBodyAreas[];
}) {
  const { id, view, links = [] } = props;
  const areas = drawnAreas.filter((area) => area.view === view);
  const draw = (area: DrawnArea) => {
    const look = props.lookOf(area.name);
    return (
      <path
        key={area.id}
        d={area.path}
        className={`area ${look ?? ''} ${area.isSpot ? 'spot' : ''}`}
        style={look === 'spare' ? { fill: `url(#${id}-hatch)` } : undefined}
      />
    );
  };
  const halves = [undefined, 'scale(-1 1)'].map((transform) => ({ transform, key: String(transform) }));
  return (
    <svg
      viewBox={BODY_VIEW_BOX}
      width="178"
      height="413"
      role={links.length > 0 ? 'group' : 'img'}
      aria-labelledby={`${id}-title`}
      aria-describedby={`${id}-desc`}
      className={`body-map h-auto ${props.className ?? ''}`}
    >
      <title id={`${id}-title`}>{props.title}</title>
      <desc id={`${id}-desc`}>{props.description}</desc>
      <defs>
        <clipPath id={`${id}-body`}>
          {halves.map(({ key, transform }) => (
            <path key={key} d={`${HALF_BODY_OUTLINE}L0 54Z`} transform={transform} />
          ))}
          <ellipse {...HEAD_ELLIPSE} />
        </clipPath>
        <pattern id={`${id}-hatch`} width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
          <rect width="6" height="6" className="ground" />
          <path d="M1.5 0v6" className="hatch" />
        </pattern>
      </defs>
      <g clipPath={`url(#${id}-body)`}>
        <rect x="-106" y="2" width="212" height="492" className="ground" />
        {areas.filter(({ name }) => !links.some((link) => link.areas.includes(name))).map(draw)}
        {links.map(({ href, label, areas: names }) => {
          const own = areas.filter(({ name }) => names.includes(name));
          return (
            own.length > 0 && (
              <a key={href} href={href} aria-label={label}>
                {own.map(draw)}
              </a>
            )
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
    </svg>
  );
}
