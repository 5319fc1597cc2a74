import { Field } from '@/components/field';
import type { ScreenProps } from './screen-form';

export function RoomScreen({ typed, errors }: ScreenProps) {
  return (
    <Field
      label="Name of the room"
      name="roomName"
      defaultValue={typed.roomName}
      error={errors.roomName}
      autoComplete="off"
      maxLength={200}
      hint="All your massages are given there. More rooms you add later, in the settings."
    />
  );
}
