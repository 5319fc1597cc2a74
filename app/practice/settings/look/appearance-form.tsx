'use client';

import { SaveResultNotices } from '@/app/practice/settings/save-result-notices';
import { useActionForm } from '@/components/action-form';
import { Button } from '@/components/button';
import { PictureField } from '@/components/picture-field';
import { UploadedPicture } from '@/components/uploaded-picture';
import type { Appearance, PracticeColour } from '@/db/practice/appearance';
import { saveAppearance } from './actions';

const COLOUR_NAMES: Record<PracticeColour, string> = {
  green: 'Green',
  blue: 'Blue',
  plum: 'Plum',
  rose: 'Rose',
  ochre: 'Ochre',
  grey: 'Grey',
};
/** Each colour as it looks on light paper. */
const SWATCHES: Record<PracticeColour, string> = {
  green: 'bg-[#2c6e5b]',
  blue: 'bg-[#2a6187]',
  plum: 'bg-[#6f4a7a]',
  rose: 'bg-[#93425a]',
  ochre: 'bg-[#7a5a16]',
  grey: 'bg-[#4c5a60]',
};

export function AppearanceForm({ look, markId }: { look: Appearance; markId: string | null }) {
  const untouched = { ...look, markId, seen: JSON.stringify(look), errors: {}, flash: null };
  const { state, form, failure } = useActionForm(saveAppearance, untouched);
  return (
    <form key={JSON.stringify(state)} {...form} noValidate className="grid max-w-[36rem] gap-6 pb-10">
      <input type="hidden" name="seen" value={state.seen} />
      <SaveResultNotices flash={state.flash} errors={state.errors} href="/practice/settings/look">
        Every page shows it at once.
      </SaveResultNotices>
      <fieldset>
        <legend className="mb-2 text-[0.9375rem] leading-5 font-[550]">Colour</legend>
        <div className="grid grid-cols-2 gap-x-4 narrow:grid-cols-3">
          {(Object.keys(COLOUR_NAMES) as PracticeColour[]).map((colour) => (
            <label key={colour} className="flex min-h-11 items-center gap-3">
              <input
                type="radio"
                name="colour"
                value={colour}
                defaultChecked={state.colour === colour}
                className="size-5 flex-none accent-euc"
              />
              <span aria-hidden="true" className={`size-5 flex-none rounded border border-edge ${SWATCHES[colour]}`} />
              {COLOUR_NAMES[colour]}
            </label>
          ))}
        </div>
        {state.errors.colour && <p className="mt-2 text-small font-medium text-clay">{state.errors.colour}</p>}
      </fieldset>
      {state.markId && (
        <div>
          <p className="mb-2 text-[0.9375rem] leading-5 font-[550]">Your logo now</p>
          <UploadedPicture id={state.markId} size={96} className="size-24 rounded object-contain" />
          <label className="flex min-h-11 items-center gap-3">
            <input type="checkbox" name="noMark" value="yes" className="size-5 flex-none accent-euc" />
            Remove it
          </label>
        </div>
      )}
      <PictureField
        name="mark"
        label={state.markId ? 'Another logo' : 'Your logo'}
        hint="A square JPEG, PNG or WebP of at most 900 kB. E-mails carry a JPEG or PNG of at most 100 kB. Without one, the first letter of your name is shown."
        error={state.errors.mark}
      />
      <label className="flex min-h-11 items-center gap-3">
        <input
          type="checkbox"
          name="namesSoftware"
          value="yes"
          defaultChecked={state.namesSoftware}
          className="size-5 flex-none accent-euc"
        />
        Say in the last line of each page that it runs on Fortnight
      </label>
      <div>
        <Button>Save</Button>
        {failure}
      </div>
    </form>
  );
}
