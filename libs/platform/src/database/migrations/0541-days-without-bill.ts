import type { Migration } from './migration.js';

const id = 'CHAR(30) CHARACTER SET ascii COLLATE ascii_bin';

/** A day whose bill is not to be had any more is closed by two persons. */
export const payment0541: Migration = {
  version: '0541',
  name: 'payment: days closed without a bill',
  statements: [
    `ALTER TABLE bill_day ADD COLUMN forgone_reason VARCHAR(300) NULL, ADD COLUMN forgone_by ${id} NULL,
      ADD COLUMN forgone_confirmed_by ${id} NULL`,
    'ALTER TABLE bill_day DROP CONSTRAINT bill_day_imported',
    `ALTER TABLE bill_day
      ADD CONSTRAINT bill_day_imported CHECK (state IN ('due', 'without_bill') OR imported_at IS NOT NULL),
      ADD CONSTRAINT bill_day_forgone CHECK (state <> 'without_bill'
        OR (closed_at IS NOT NULL AND forgone_by IS NOT NULL AND forgone_confirmed_by IS NOT NULL)),
      ADD CONSTRAINT bill_day_four_eyes CHECK (forgone_confirmed_by IS NULL OR forgone_confirmed_by <> forgone_by)`,
  ],
};
