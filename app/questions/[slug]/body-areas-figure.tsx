import { type BodyAreaName, type BodyView, bodyAreas } from '@/care/body-areas';
import { BodyDrawing } from '@/components/body-drawing';
import { CloseUpDrawing } from '@/components/close-up-drawing';
import { closeUpsByPage } from '@/questions/drawings/close-ups';
import type { Question } from '@/questions/library';
import { capitalizeFirstLetter } from '@/scheduling/count-wording';

/** Where it hurts, where we work and what we leave alone: as a picture, and in the same words as text. */
export function BodyAreasFigure({ where, slug }: Pick<Question, 'where' | 'slug'>) {
  const near = closeUpsByPage[slug];
  const marked = [...where.hurts, ...where.worked, ...where.spare];
  const isOn = (view: BodyView) => bodyAreas.some((area) => area.view === view && marked.includes(area.name));
  const views = (['back', 'front'] as const).filter(isOn);
  const lines = [
    { label: 'Where it hurts', look: 'hurts', names: where.hurts },
    { label: 'What we work on', look: 'worked', names: where.worked },
    { label: 'What we leave alone', look: 'spare', names: where.spare },
  ].filter(({ names }) => names.length > 0);
  const description = lines.map(({ label, names }) => `${label}: ${names.join(', ')}.`).join(' ');
  // Areas that hurt are drawn over areas that are worked on, and spared areas over both.
  const lookOf = (name: BodyAreaName) =>
    where.hurts.includes(name)
      ? ('hurts' as const)
      : where.spare.includes(name)
        ? ('spare' as const)
        : where.worked.includes(name)
          ? ('worked' as const)
          : undefined;
  return (
    <figure className="mt-5 grid grid-cols-[auto_minmax(0,1fr)] items-center gap-x-5 gap-y-3 rounded bg-sand px-4 py-4 max-slim:grid-cols-1 print:mt-2 print:break-inside-avoid print:px-0 print:py-1">
      <div className="flex gap-2 *:min-w-0">
        {near && (
          <CloseUpDrawing
            id={`${slug}-near`}
            drawing={near.drawing}
            description={description}
            marks={{ spare: [], ...near }}
            className="max-h-46 w-26 slim:w-28 wide:max-h-56 wide:w-40"
          />
        )}
        {(near ? [] : views).map((view) => (
          <BodyDrawing
            key={view}
            id={`${slug}-${view}`}
            view={view}
            title={view === 'back' ? 'The body from behind' : 'The body from the front'}
            description={description}
            lookOf={lookOf}
            className={views.length === 1 ? 'w-24 wide:w-28' : 'w-18 wide:w-22'}
          />
        ))}
      </div>
      <figcaption>
        <h3 className="mb-1.5">{where.hurts.length > 0 ? 'Where it is' : 'Where we work'}</h3>
        <dl className="grid gap-2 text-small">
          {lines.map(({ label, look, names }) => (
            <div key={label}>
              <dt className="flex items-center gap-2 font-medium">
                <span aria-hidden="true" className={`body-key ${look}`} />
                {label}
              </dt>
              <dd className="mt-0.5 text-soft">
                {capitalizeFirstLetter(names.join(', '))}
                {look === 'spare' && near && !near.spare && !where.hurts.includes(names[0]!) && ', not seen from here'}
              </dd>
            </div>
          ))}
        </dl>
        <p className="mt-2 text-tiny text-soft">Not drawn to scale.</p>
      </figcaption>
    </figure>
  );
}
