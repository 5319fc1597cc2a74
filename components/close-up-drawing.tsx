interface Drawing {
  title: string;
  viewBox: string;
  skin: string;
  bones: string[];
  parts: Record<string, string>;
  strands?: string[];
  lines: string[];
}

/**
 * A close-up of a part of the body. `marks` says which of its parts are drawn, and how; sore spots are drawn on top.
 */
export function CloseUpDrawing(props: {
  id: string;
  drawing: Drawing;
  description: string;
  marks: Record<'worked' | 'spare' | 'hurts', string[]>;
  className?: string;
}) {
  const { id, drawing } = props;
  return (
    <svg
      viewBox={drawing.viewBox}
      role="img"
      aria-labelledby={`${id}-title`}
      aria-describedby={`${id}-desc`}
      className={`body-map close-up h-auto ${props.className ?? ''}`}
    >
      <title id={`${id}-title`}>{drawing.title}</title>
      <desc id={`${id}-desc`}>{props.description}</desc>
      <defs>
        <clipPath id={`${id}-skin`}>
          <path d={drawing.skin} />
        </clipPath>
        <pattern id={`${id}-hatch`} width="7" height="7" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
          <path d="M1.5 0v7" className="hatch" />
        </pattern>
      </defs>
      <g clipPath={`url(#${id}-skin)`}>
        <path d={drawing.skin} className="ground" />
        {drawing.bones.map((d) => (
          <path key={d} d={d} className="bone" />
        ))}
        {(['worked', 'spare', 'hurts'] as const).flatMap((look) =>
          props.marks[look].map((part) => (
            <path
              key={part}
              d={drawing.parts[part]}
              className={drawing.strands?.includes(part) ? `strand ${look}` : `area ${look}`}
              style={look === 'spare' ? { fill: `url(#${id}-hatch)` } : undefined}
            />
          )),
        )}
        {drawing.lines.map((d) => (
          <path key={d} d={d} className="fibre" />
        ))}
      </g>
      <path d={drawing.skin} className="contour" />
    </svg>
  );
}
