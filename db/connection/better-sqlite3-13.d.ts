// The types are those of version 12: what is used of it is the same.
declare module 'better-sqlite3-13' {
  export { default } from 'better-sqlite3';
}
