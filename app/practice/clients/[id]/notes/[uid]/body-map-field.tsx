'use client';

import { useEffect, useState } from 'react';
import {
  type BodyMarkKind,
  type BodyMarkKindByAreaId,
  bodyAreas,
  bodyMarkKinds,
  formatAreaList,
  formatAreaName,
  parseAreaMarks,
  pressureOfMark,
  toggleBodyMarkKind,
} from '@/care/body-areas';
import { capitalizeFirstLetter } from '@/scheduling/count-wording';
import { BodyFigure } from './body-figure';
import { BODY_MARK_KIND_LABELS } from './note-labels';

interface BodyMapProps {
  marks: BodyMarkKindByAreaId;
  onChange: (marks: BodyMarkKindByAreaId) => void;
  /** The map of the last note. */
  last: BodyMarkKindByAreaId | null;
  /** The map of the note that was saved elsewhere, where it differs. */
  newer: BodyMarkKindByAreaId | null;
}

type Mode = 'focus' | 'avoid' | 'clear';
const MODES: [Mode, string][] = [
  ['focus', 'Focus'],
  ['avoid', 'Avoid'],
  ['clear', 'Clear'],
];
const PRESSURES = ['light', 'medium', 'firm'] as const;
const LINK = 'min-h-11 text-small text-euc underline underline-offset-[0.2em] hover:text-euc-deep';

/** Areas to work on and areas to avoid, as a drawing and as a list. The fields of the list are what is sent. */
export function BodyMapField({ marks, onChange, last, newer }: BodyMapProps) {
  const [mode, setMode] = useState<Mode>('focus');
  const [isReady, setReady] = useState(false);
  const [text, setText] = useState('');
  useEffect(() => setReady(true), []);
  const set = (id: string, mark: BodyMarkKind | undefined) => {
    const { [id]: _, ...others } = marks;
    onChange(parseAreaMarks(mark ? { ...others, [id]: mark } : others));
  };
  const press = (id: string) => {
    const mark = toggleBodyMarkKind(marks[id], mode);
    set(id, mark);
    setText(`${formatAreaName(id)}: ${mark ?? 'clear'}`);
  };
  const worked = Object.entries(marks).filter(([, mark]) => mark !== 'avoid');
  return (
    <>
      <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2 mid:col-span-full">
        <h2 id="where">Where</h2>
        {isReady && (
          <fieldset className="flex overflow-hidden rounded border border-edge">
            <legend className="sr-only">A press on the body marks</legend>
            {MODES.map(([value, label]) => (
              <Choice key={value} name="marking" checked={mode === value} onChoose={() => setMode(value)}>
                {label}
              </Choice>
            ))}
          </fieldset>
        )}
      </div>
      <div className="flex justify-around gap-3 mid:row-span-3">
        <BodyFigure view="back" marks={marks} onPress={isReady ? press : null} />
        <BodyFigure view="front" marks={marks} onPress={isReady ? press : null} />
      </div>
      <p role="status" className="sr-only">
        {text}
      </p>
      <BodyMapLegend marks={marks} />
      <div>
        {newer && (
          <div className="mb-3 border-l-2 border-clay pl-3 text-small">
            <p className="text-soft">Saved elsewhere:</p>
            <p>{describeMarks(newer)}</p>
            <button type="button" className={`${LINK} noscript:hidden`} onClick={() => onChange(newer)}>
              Take these marks
            </button>
          </div>
        )}
        {isReady && last && Object.keys(last).length > 0 && (
          <button type="button" className={LINK} onClick={() => onChange(last)}>
            Same as last time
          </button>
        )}
        {isReady && worked.length > 0 && (
          <div className="mt-3 border-t border-line pt-3">
            <h3 className="mb-1 font-sans text-[0.9375rem]! leading-5! font-[550]!">Pressure that worked</h3>
            {worked.map(([id, mark]) => (
              <fieldset key={id} className="flex flex-wrap items-center justify-between gap-x-4 py-1">
                <legend className="float-left py-2 text-small">{capitalizeFirstLetter(formatAreaName(id))}</legend>
                <div className="flex overflow-hidden rounded border border-edge">
                  {PRESSURES.map((pressure) => (
                    <Choice
                      key={pressure}
                      name={`pressure-${id}`}
                      checked={pressureOfMark(mark) === pressure}
                      onChoose={() => set(id, `focus-${pressure}`)}
                    >
                      {capitalizeFirstLetter(pressure)}
                    </Choice>
                  ))}
                </div>
              </fieldset>
            ))}
          </div>
        )}
        <AreaList marks={marks} onSet={set} />
      </div>
    </>
  );
}

/** The marked areas, in words. */
export function BodyMapLegend({ marks }: { marks: BodyMarkKindByAreaId }) {
  const idsOf = (request: 'focus' | 'avoid') =>
    Object.keys(marks).filter((id) => (marks[id] === 'avoid') === (request === 'avoid'));
  const sensitive = bodyAreas.filter(({ id, isSensitive }) => isSensitive && idsOf('focus').includes(id));
  return (
    <dl className="border-t border-line text-small mid:self-start">
      {(['focus', 'avoid'] as const).map((request) => (
        <div
          key={request}
          className="grid grid-cols-[5.5rem_minmax(0,1fr)] gap-x-3 border-b border-line py-2.5 mid:grid-cols-1 board:grid-cols-[5.5rem_minmax(0,1fr)]"
        >
          <dt className="flex items-center gap-2 self-start font-[550]">
            <svg width="16" height="16" viewBox="0 0 16 16" aria-hidden="true" className="body-map flex-none">
              <rect x=".5" y=".5" width="15" height="15" rx="2" className={`area ${request}`} />
              {request === 'avoid' && <path d="M2 8 8 2M2 14 14 2M8 14l6-6" className="hatch" />}
            </svg>
            {request === 'focus' ? 'Focus' : 'Avoid'}
          </dt>
          <dd>{formatAreaList(idsOf(request)) || 'Nothing marked'}</dd>
        </div>
      ))}
      {sensitive.length > 0 && (
        <div className="py-2.5">
          <dt className="sr-only">Consent</dt>
          <dd className="text-clay">
            Ask for consent in each session: {formatAreaList(sensitive.map(({ id }) => id))}
          </dd>
        </div>
      )}
    </dl>
  );
}

function AreaList({
  marks,
  onSet,
}: {
  marks: BodyMarkKindByAreaId;
  onSet: (id: string, mark: BodyMarkKind | undefined) => void;
}) {
  return (
    <details className="mt-1">
      <summary className={`inline-flex cursor-pointer items-center ${LINK}`}>Choose from a list</summary>
      {(['back', 'front'] as const).map((view) => (
        <fieldset key={view} className="mt-2">
          <legend className="mb-1 text-[0.9375rem] font-[550]">{capitalizeFirstLetter(view)}</legend>
          {bodyAreas
            .filter((area) => area.view === view)
            .map(({ id }) => (
              <label
                key={id}
                className="flex min-h-12 flex-wrap items-center justify-between gap-x-3 border-t border-line py-1 text-small"
              >
                {capitalizeFirstLetter(formatAreaName(id))}
                <select
                  name={`area-${id}`}
                  value={marks[id] ?? ''}
                  onChange={(event) =>
                    onSet(
                      id,
                      bodyMarkKinds.find((mark) => mark === event.target.value),
                    )
                  }
                  className="min-h-11 max-w-full rounded border border-edge bg-sheet px-2 text-small text-ink"
                >
                  <option value="">Nothing</option>
                  {bodyMarkKinds.map((mark) => (
                    <option key={mark} value={mark}>
                      {BODY_MARK_KIND_LABELS[mark]}
                    </option>
                  ))}
                </select>
              </label>
            ))}
        </fieldset>
      ))}
    </details>
  );
}

/** One radio button of a row. */
function Choice(props: { name: string; checked: boolean; onChoose: () => void; children: React.ReactNode }) {
  return (
    <label className="relative flex min-h-11 items-center border-line px-3 text-[0.9375rem] leading-5 not-first:border-l has-checked:bg-euc has-checked:font-[550] has-checked:text-on-euc has-focus-visible:outline-2 has-focus-visible:-outline-offset-4 has-focus-visible:outline-current">
      <input type="radio" name={props.name} checked={props.checked} onChange={props.onChoose} className="sr-only" />
      {props.children}
    </label>
  );
}

function describeMarks(marks: BodyMarkKindByAreaId): string {
  const ids = Object.keys(marks);
  const focus = formatAreaList(ids.filter((id) => marks[id] !== 'avoid'));
  const avoid = formatAreaList(ids.filter((id) => marks[id] === 'avoid'));
  return [focus && `Focus: ${focus}`, avoid && `Avoid: ${avoid}`].filter(Boolean).join('. ') || 'Nothing marked';
}
