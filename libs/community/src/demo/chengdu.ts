/**
 * A slice of Chengdu's tree for demonstrations, as the files that the import reads. Names and counts are those that the
 * sources of the design name; where a source names a community but not its street or district, a placeholder says so.
 */

const UNKNOWN_DISTRICT = '区县待录入';
const UNKNOWN_STREET = '街道待录入';

export const CHENGDU_REGIONS_CSV = `city,district,street
成都市,武侯区,${UNKNOWN_STREET}
成都市,金牛区,${UNKNOWN_STREET}
成都市,温江区,天府街道
成都市,郫都区,${UNKNOWN_STREET}
成都市,青白江区,大弯街道
成都市,高新区,${UNKNOWN_STREET}
成都市,邛崃市,${UNKNOWN_STREET}
成都市,${UNKNOWN_DISTRICT},${UNKNOWN_STREET}
`;

/** 36 households are the real case of 书院雅居; its community is not named by the source, so this one is a demonstration. */
export const DEMO_COMMUNITY = '书院雅居演示社区';
export const DEMO_COMMUNITY_PATH = `成都市/邛崃市/${UNKNOWN_STREET}/${DEMO_COMMUNITY}`;
export const DEMO_ESTATE = '书院雅居';
export const DEMO_HOUSEHOLDS = 36;

/** Counts without a source are those of an average community of the city (about 2,800 households). */
export const CHENGDU_COMMUNITIES_CSV = `city,district,street,community,household_count,time_zone,phone
成都市,邛崃市,${UNKNOWN_STREET},${DEMO_COMMUNITY},${DEMO_HOUSEHOLDS},Asia/Shanghai,
成都市,${UNKNOWN_DISTRICT},${UNKNOWN_STREET},城北社区,2866,Asia/Shanghai,
成都市,${UNKNOWN_DISTRICT},${UNKNOWN_STREET},送仙桥社区,2800,Asia/Shanghai,
成都市,郫都区,${UNKNOWN_STREET},书院社区,2800,Asia/Shanghai,
成都市,高新区,${UNKNOWN_STREET},盛华社区,2800,Asia/Shanghai,
`;

export const DEMO_ESTATES_CSV = `estate
${DEMO_ESTATE}
`;

export const DEMO_GRIDS_CSV = `general_grid,micro_grid
一般网格一,微网格一
`;

/** Plainly made up: one building, three entrances, six floors of two flats. */
export function demoHouseholdsCsv(): string {
  const lines: string[] = [];
  for (let entrance = 1; entrance <= 3; entrance += 1) {
    for (let floor = 1; floor <= 6; floor += 1) {
      for (let flat = 1; flat <= 2; flat += 1) {
        lines.push(`${DEMO_ESTATE},1栋${entrance}单元${floor}0${flat},微网格一`);
      }
    }
  }
  return `estate,door,micro_grid\n${lines.join('\n')}\n`;
}
