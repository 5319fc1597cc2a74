interface Issue {
  path: (string | number)[];
  message: string;
}

/** The message of each refused field of a form, by the field's name. */
export function toFieldErrors(issues: Issue[]): Record<string, string> {
  return Object.fromEntries(issues.map(({ path, message }) => [String(path[0]), message]));
}

/** As `toFieldErrors`, by the whole path, such as `lengths.2.price`: for a form whose fields come in rows. */
export function toFieldErrorsByPath(issues: Issue[]): Record<string, string> {
  return Object.fromEntries(issues.map(({ path, message }) => [path.join('.'), message]));
}
