import type { Migration } from './migration.js';

const id = 'CHAR(30) CHARACTER SET ascii COLLATE ascii_bin';

export const campaign0417: Migration = {
  version: '0417',
  name: 'campaign: photos in their order, the first one the cover',
  statements: [
    `CREATE TABLE campaign_photo (
      campaign_id ${id} NOT NULL, position SMALLINT UNSIGNED NOT NULL, file_id ${id} NOT NULL,
      alt VARCHAR(120) NOT NULL,
      PRIMARY KEY (campaign_id, position), UNIQUE KEY campaign_photo_file (file_id),
      CONSTRAINT campaign_photo_alt CHECK (alt <> '')
    ) ENGINE=InnoDB`,
  ],
};
