import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { BOOK_ROWS } from '@hehuo/book';
import { CAMPAIGN_ROWS, PLEDGE_ROWS } from '@hehuo/campaign';
import { COMMUNITY_ROWS } from '@hehuo/community';
import { IDENTITY_ROWS } from '@hehuo/identity';
import { LEDGER_ROWS } from '@hehuo/ledger';
import { PAYMENT_ROWS } from '@hehuo/payment';
import { PLATFORM_ROWS } from '@hehuo/platform';
import { SETTLEMENT_ROWS } from '@hehuo/settlement';
import { createTestDatabase, type TestDatabase } from '@hehuo/testing';
import type { ColumnMetadata } from 'typeorm/metadata/ColumnMetadata.js';

const ROWS = [
  ...PLATFORM_ROWS,
  ...IDENTITY_ROWS,
  ...COMMUNITY_ROWS,
  ...LEDGER_ROWS,
  ...CAMPAIGN_ROWS,
  ...PLEDGE_ROWS,
  ...PAYMENT_ROWS,
  ...SETTLEMENT_ROWS,
  ...BOOK_ROWS,
];

let world: TestDatabase;
beforeAll(async () => {
  world = await createTestDatabase(ROWS);
});
afterAll(() => world.drop());

/** A column's type as both flavours of the server would write it: no display widths, JSON by its name. */
function wanted(column: ColumnMetadata): string {
  const type = String(column.type);
  const size =
    column.precision !== null && column.precision !== undefined
      ? `(${column.precision})`
      : column.length
        ? `(${column.length})`
        : '';
  const sized = /int$/.test(type) ? type : `${type}${size}`;
  return `${sized}${column.unsigned ? ' unsigned' : ''}${column.isNullable ? ' null' : ''}`;
}

function found(type: string, nullable: string): string {
  const plain = type
    .replace(/int\(\d+\)/, 'int')
    .replace(/^longtext$/, 'json')
    .toLowerCase();
  return `${plain}${nullable === 'YES' ? ' null' : ''}`;
}

async function tables(): Promise<Map<string, Record<string, string>>> {
  const rows = await world.database.rows<Record<'tbl' | 'col' | 'type' | 'nullable', string>>(
    `SELECT TABLE_NAME AS tbl, COLUMN_NAME AS col, COLUMN_TYPE AS type, IS_NULLABLE AS nullable
     FROM information_schema.COLUMNS WHERE TABLE_SCHEMA = DATABASE() AND TABLE_NAME <> 'schema_migration'`,
  );
  const all = new Map<string, Record<string, string>>();
  for (const { tbl, col, type, nullable } of rows) {
    all.set(tbl, { ...all.get(tbl), [col]: found(type, nullable) });
  }
  return all;
}

describe('rows in code', () => {
  it('are the tables of the migrations, column by column', async () => {
    const inCode = Object.fromEntries(
      world.database.source.entityMetadatas.map(({ tableName, columns }) => [
        tableName,
        Object.fromEntries(columns.map((column) => [column.databaseName, wanted(column)])),
      ]),
    );
    expect(inCode).toEqual(Object.fromEntries(await tables()));
  });
});
