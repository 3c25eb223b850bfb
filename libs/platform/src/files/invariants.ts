import type { Invariant } from '../database/invariants.js';

export const FILE_INVARIANTS: readonly Invariant[] = [
  {
    name: 'platform.file-removal-logged',
    statement: 'A stored file is in the state that its last log line says.',
    sql: `SELECT f.id, f.state, l.to_state FROM stored_file f
          LEFT JOIN state_log l ON l.object_id = f.id AND l.id =
            (SELECT MAX(m.id) FROM state_log m WHERE m.object_id = f.id)
          WHERE l.to_state IS NULL OR l.to_state <> f.state`,
  },
  {
    name: 'platform.file-attached-whole',
    statement: 'A file that is attached names its object and the community of it; any other names none.',
    sql: `SELECT id, state FROM stored_file
          WHERE (state = 'attached') <> (object_type IS NOT NULL AND object_id IS NOT NULL AND community_id IS NOT NULL)`,
  },
];
