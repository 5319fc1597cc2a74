import { Field } from '@/components/field';
import type { SetupScreenProps } from './setup-screen-form';

export function RoomScreen({ values, errors }: SetupScreenProps) {
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
