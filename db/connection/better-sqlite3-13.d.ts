// These are the types of version 12: the parts that we use are the same.
declare module 'better-sqlite3-13' {
  export { default } from 'better-sqlite3';
}
