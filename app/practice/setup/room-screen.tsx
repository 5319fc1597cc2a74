import { Field } from '@/components/field';
import type { ScreenProps } from './screen-form';

export function RoomScreen({ values, errors }: ScreenProps) {
  return (
    <Field
      label="Name of the room"
      name="roomName"
      defaultValue={values.roomName}
      error={errors.roomName}
      autoComplete="off"
      maxLength={200}
      hint="All your massages are given there. More rooms you add later, in the settings."
    />
  );
}
