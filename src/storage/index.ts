/** Where everything is kept: SQLite in the state folder, or one PostgreSQL for many processes. */
export type { Cell } from './cell.ts';
export { StorageFault, type StorageFaultCode } from './faults.ts';
export type { DayCount, OfficeStore, WaitingQuestion } from './office.ts';
export { CONNECTIONS, openForUpkeep, openStorage, type Storage, type StorageOptions, type Upkeep } from './open.ts';
export type { Tidied } from './tidy.ts';
