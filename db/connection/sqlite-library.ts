import process from 'node:process';
import Sqlite12 from 'better-sqlite3';
import Sqlite13 from 'better-sqlite3-13';

// Two versions are installed and one is loaded. Since Node 24.19, a version 12 compiled on the machine itself ends the
// whole process when a statement is garbage-collected (nodejs/node issue 65446). Version 13 does not, but it crashes
// where Node-API 10 is missing: on Node 20, and on 22 before 22.14.
const Sqlite = Number(process.versions.napi) >= 10 ? Sqlite13 : Sqlite12;

export default Sqlite;
